// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Operator;
import dev.jig.gadget.Param;
import dev.jig.gadget.RunOptions;
import dev.jig.wire.Api;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Gadgets on other machines, or in a daemon on this one. Used by one thread. */
public final class RemoteRuntime implements AutoCloseable {
    /** An image may have to be fetched before a daemon can tell about it. */
    private static final Duration INFORMATION = Duration.ofMinutes(5);

    private static final Duration USUAL = Duration.ofSeconds(30);

    private final NioEventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("jig-client", true));
    private final List<RemoteDaemon> daemons = new ArrayList<>();

    /**
     * Connects to nothing yet.
     *
     * @param targets at least one
     */
    public RemoteRuntime(List<Target> targets, ConnectionOptions options) {
        targets.forEach(target -> daemons.add(new RemoteDaemon(target, options, loop)));
    }

    /** What a daemon told about a gadget: its params, its data sources, and more if that was asked for. */
    public Api.GadgetInfo information(String image, Map<String, String> params, boolean withExtras) {
        return daemons.getFirst()
                .ask(
                        Methods.GET_GADGET_INFO,
                        Api.GetGadgetInfoRequest.newBuilder()
                                .setImageName(image)
                                .putAllParamValues(params)
                                .setVersion(Methods.VERSION)
                                .setRequestExtraInfo(withExtras)
                                .build(),
                        INFORMATION)
                .getGadgetInfo();
    }

    /**
     * What a daemon told about the gadget of an instance.
     *
     * @param params those about images; daemons of upstream's expect them here, too
     */
    public Api.GadgetInfo instanceInformation(String id, Map<String, String> params) {
        return daemons.getFirst()
                .ask(
                        Methods.GET_GADGET_INFO,
                        Api.GetGadgetInfoRequest.newBuilder()
                                .setImageName(id)
                                .putAllParamValues(params)
                                .setVersion(Methods.VERSION)
                                .setFlags(Methods.FLAG_INSTANCE)
                                .build(),
                        INFORMATION)
                .getGadgetInfo();
    }

    /** The params of a gadget that a daemon told about. */
    public static List<Param> params(Api.GadgetInfo info) {
        List<Param> params = new ArrayList<>();
        info.getParamsList().forEach(param -> params.add(WireParams.fromWire(param)));
        return params;
    }

    /**
     * Makes the data sources of a gadget that a daemon told about, and asks a client's operators what they make of them: their params are in
     * the context.
     *
     * @throws dev.jig.gadget.GadgetException when they cannot work with it
     */
    public static GadgetContext prepare(Api.GadgetInfo info, RunOptions options, List<Operator> operators) {
        GadgetContext context = new GadgetContext(info.getImageName(), options);
        new RemoteSources(false).register(info, context);
        try (GadgetRun run = new GadgetRun(context, operators)) {
            run.prepare();
        }
        return context;
    }

    /** Version of the first daemon. */
    public String serverVersion(Duration atMost) {
        return daemons.getFirst()
                .ask(
                        Methods.GET_INFO,
                        Api.InfoRequest.newBuilder().setVersion("1.0").build(),
                        atMost)
                .getServerVersion();
    }

    /**
     * Gets ready to show a gadget.
     *
     * @param operators the client's
     */
    public RemoteRun newRun(RunRequest request, RunOptions options, List<Operator> operators) {
        return new RemoteRun(daemons, request, options, operators, loop.next());
    }

    /** The instances of these daemons. */
    public RemoteInstances instances() {
        return new RemoteInstances(daemons, USUAL);
    }

    @Override
    public void close() {
        daemons.forEach(RemoteDaemon::close);
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
}
