// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import dev.jig.runtime.Locations;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The program as a user has it: the start script of the source tree, with an image store of its own.
 *
 * @param folder where the store and the outputs of programs go
 */
record Product(Path folder) {
    private static final Path TREE = Machine.sourceTree();
    private static final int SECONDS = 60;

    /** Aborts the test, saying so, unless the program is packaged. */
    static Product in(Path folder) {
        Requirement.check(
                Files.exists(TREE.resolve(".jig/dist/launch")), "the program is not packaged (scripts/package does)");
        return new Product(folder);
    }

    /** The folders of the program, with the store of the test. */
    Locations locations() {
        return new Locations(Optional.of(TREE.resolve(".jig/dist")), folder.resolve("store"), Optional.empty());
    }

    /** The words that start the program; signals that whoever runs the tests ignores are not ignored by it. */
    private static List<String> command(List<String> words) {
        return command("ig", words);
    }

    private static List<String> command(String program, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                "env", "--default-signal=INT,PIPE", TREE.resolve(program).toString()));
        command.addAll(words);
        return command;
    }

    /** Runs the program to its end. */
    Finished run(String... words) {
        return runAll(command(List.of(words)));
    }

    /** Runs the program as a user who may do nothing but read: the source tree may lie in the home of root. */
    Finished runAsNobody(String... words) {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search"));
        command.addAll(command(List.of(words)));
        return runAll(command);
    }

    /** Runs the program with its output in a pipe to another command of a shell; the exit code is the program's. */
    Finished runIntoPipe(String reader, String... words) throws IOException {
        return runIntoPipe(reader, command(List.of(words)));
    }

    private Finished runIntoPipe(String reader, List<String> command) throws IOException {
        Path status = Files.createTempFile(folder, "status", "");
        String program = String.join(" ", command);
        Finished finished = runAll(List.of("sh", "-c", "{ " + program + "; echo $? >" + status + "; } | " + reader));
        return new Finished(Integer.parseInt(Files.readString(status).strip()), finished.out(), finished.err());
    }

    /** Runs the program with a pipe as its output whose reader is gone before it starts; the exit code is the program's. */
    Finished runIntoClosedPipe(String... words) throws IOException {
        Path gone = folder.resolve("gone");
        List<String> waiting = List.of("while [ ! -e " + gone + " ]; do sleep 0.05; done;");
        List<String> command = new ArrayList<>(waiting);
        command.addAll(command(List.of(words)));
        return runIntoPipe("{ exec <&-; touch " + gone + "; }", command);
    }

    /** The words that start the program, for a shell. */
    String commandLine(String... words) {
        return String.join(" ", command(List.of(words)));
    }

    /** As {@link #commandLine}, with signals as the shell leaves them. */
    String plainCommandLine(String... words) {
        return TREE.resolve("ig") + " " + String.join(" ", words);
    }

    /** Runs a shell script in the folder to its end. */
    Finished runAllInShell(String script) {
        return runAll(List.of("sh", "-c", "cd " + folder + "\n" + script));
    }

    /** Runs any command to its end, with the environment of the program. */
    Finished runAll(List<String> command) {
        try {
            Running running = startAll(command);
            return running.await(SECONDS);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    /** Starts the program. */
    Running start(String... words) throws IOException {
        return startAll(command(List.of(words)));
    }

    /** Asks the daemon in the folder something. */
    Finished askDaemon(String... words) {
        return runAll(clientCommand(List.of(words)));
    }

    /** Starts a client of the daemon in the folder. */
    Running startClient(String... words) throws IOException {
        return startAll(clientCommand(List.of(words)));
    }

    /** The words that start the client, with the socket of the daemon that is in the folder. */
    private List<String> clientCommand(List<String> words) {
        List<String> command = command("gadgetctl", words);
        command.addAll(List.of("--remote-address", daemonAddress()));
        return command;
    }

    /** The words that start the client. */
    List<String> client() {
        return command("gadgetctl", List.of());
    }

    /** Where the daemon in the folder listens. */
    String daemonAddress() {
        return "unix://" + folder.resolve("daemon.socket");
    }

    /** Starts a daemon in the folder and waits until it answers. */
    Running startDaemon(String... flags) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "daemon",
                "-H",
                daemonAddress(),
                "--instances",
                folder.resolve("instances").toString()));
        words.addAll(List.of(flags));
        Running daemon = start(words.toArray(String[]::new));
        Path socket = folder.resolve("daemon.socket");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.exists(socket) || askDaemon("list").exitCode() != 0) {
            if (!daemon.process().isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the daemon does not answer: " + Files.readString(daemon.err()));
            }
            Thread.sleep(20);
        }
        return daemon;
    }

    /** Starts the program on a terminal of its own. */
    Running startOnTerminal(int columns, String... words) throws IOException {
        String program = String.join(" ", command(List.of(words)));
        return startAll(List.of("script", "-qec", "stty cols " + columns + " -onlcr; exec " + program, "/dev/null"));
    }

    Running startAll(List<String> command) throws IOException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("JIG_STORE", folder.resolve("store").toString());
        builder.environment().put("SOURCE_DATE_EPOCH", "1000");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TZ", "UTC");
        // What a shell on a minimal system has: words are to be understood as UTF-8 all the same.
        builder.environment().put("LC_ALL", "C");
        return new Running(builder.start(), out, err);
    }

    /** A program that runs. */
    record Running(Process process, Path out, Path err) implements AutoCloseable {
        private static final int PAUSE_MILLISECONDS = 20;

        /** What the program has said so far. */
        String output() throws IOException {
            return Files.readString(out);
        }

        /**
         * Does something again and again until the program has told of it, and then once more: programs are attached one after another, and
         * only what is done behind the first output is sure to be seen by all of them.
         *
         * @param sign what stands in the program's output then
         */
        void awaitSign(String sign, ThrowingAction action) throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (!output().contains(sign)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError("no sign of " + sign + ": " + Files.readString(err));
                }
                action.run();
                Thread.sleep(PAUSE_MILLISECONDS);
            }
            action.run();
        }

        /** Waits until the program has said something. */
        void awaitOutput(String sign) throws Exception {
            awaitSign(sign, () -> {});
        }

        /** Sends a signal. */
        void signal(String name) throws IOException, InterruptedException {
            // Minimal systems have no command of this name; every shell has it built in.
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .start()
                    .waitFor();
        }

        /** Ends the program as Ctrl-C does. */
        Finished interrupt() throws IOException, InterruptedException {
            signal("INT");
            return await(SECONDS);
        }

        /** Waits for the program's end. */
        Finished await(int seconds) throws IOException {
            try {
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    throw new AssertionError("does not end: " + Files.readString(err));
                }
                return new Finished(process.exitValue(), output(), Files.readString(err));
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            } finally {
                close();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Something that may fail. */
    interface ThrowingAction {
        void run() throws Exception;
    }
}
