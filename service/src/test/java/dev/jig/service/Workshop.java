// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Log;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import dev.jig.wire.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A daemon on a socket of its own and clients of it. */
final class Workshop implements AutoCloseable {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final Path folder;
    private final ServiceLimits limits;
    final FakeHost host = new FakeHost();
    final List<String> daemonLog = new CopyOnWriteArrayList<>();
    private final List<RemoteRuntime> clients = new ArrayList<>();
    private Daemon daemon;

    Workshop(Path folder, ServiceLimits limits) {
        this.folder = folder;
        this.limits = limits;
        this.daemon = Daemon.start(options(), host, log());
    }

    Workshop(Path folder) {
        this(folder, ServiceLimits.USUAL);
    }

    private Log log() {
        return (level, message) -> daemonLog.add(level + " " + message);
    }

    ListenAddress address() {
        return new ListenAddress.Unix(folder.resolve("socket"));
    }

    Path instancesFolder() {
        return folder.resolve("instances");
    }

    DaemonOptions options() {
        return new DaemonOptions(
                List.of(address()),
                Optional.empty(),
                Optional.empty(),
                false,
                SocketRights.USUAL,
                instancesFolder(),
                limits,
                Map.of(FakeHost.VERIFY.qualifiedName(), "true"),
                false);
    }

    Daemon daemon() {
        return daemon;
    }

    /** Ends the daemon and starts another one in its place. */
    void restart() {
        daemon.shutDown("restarted by a test");
        daemon = Daemon.start(options(), host, log());
    }

    RemoteRuntime client() {
        RemoteRuntime client = connect(List.of(new Target(address(), "local")));
        clients.add(client);
        return client;
    }

    static RemoteRuntime connect(List<Target> targets) {
        return new RemoteRuntime(
                targets, new ConnectionOptions(Duration.ofSeconds(5), Optional.empty(), "", "test", true));
    }

    /** Starts a run on a thread of its own. */
    Watch watch(RunRequest request) {
        return new Watch(client(), request);
    }

    Watch run(String image, Map<String, String> params) {
        return watch(new RunRequest.Run(image, params, Duration.ZERO, false));
    }

    Watch attach(String id) {
        return watch(new RunRequest.Attach(id, "?"));
    }

    /** Creates an instance; returns its id. */
    String create(String image, String name) {
        return client().instances()
                .create(request(image, name, ""))
                .keySet()
                .iterator()
                .next();
    }

    static Api.CreateGadgetInstanceRequest request(String image, String name, String id) {
        return Api.CreateGadgetInstanceRequest.newBuilder()
                .setGadgetInstance(Api.GadgetInstance.newBuilder()
                        .setId(id)
                        .setName(name)
                        .setGadgetConfig(Api.GadgetRunRequest.newBuilder()
                                .setImageName(image)
                                .setVersion(Methods.VERSION)))
                .build();
    }

    /** Waits for something to come true. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        clients.forEach(RemoteRuntime::close);
        daemon.shutDown("the test is over");
    }

    /** A client that shows something. */
    static final class Watch {
        final Seen seen = new Seen();
        final List<String> messages = new CopyOnWriteArrayList<>();
        private final RemoteRun run;
        private final FutureTask<Boolean> task;

        Watch(RemoteRuntime client, RunRequest request) {
            Log log = (level, message) -> messages.add(level + " " + message);
            run = client.newRun(request, new RunOptions(ParamValues.none(), log, false), List.of(seen));
            task = new FutureTask<>(run::run, true);
            Thread.ofPlatform().daemon().start(task);
        }

        GadgetContext context() {
            return run.context();
        }

        void stop() {
            run.context().requestStop();
        }

        /** Waits for the end; returns what went wrong, or nothing. */
        String end() throws InterruptedException {
            try {
                task.get();
                return "";
            } catch (ExecutionException failed) {
                return String.valueOf(
                        failed.getCause() == null ? failed : failed.getCause().getMessage());
            } finally {
                run.close();
            }
        }

        boolean isOver() {
            return task.isDone();
        }
    }
}
