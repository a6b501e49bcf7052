// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.jig.wire.Api;
import dev.jig.wire.JigApi;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The instances of some daemons. */
public final class RemoteInstances {
    private final List<RemoteDaemon> daemons;
    private final Duration patience;

    RemoteInstances(List<RemoteDaemon> daemons, Duration patience) {
        this.daemons = daemons;
        this.patience = patience;
    }

    /**
     * An instance on one daemon.
     *
     * @param node the daemon's name
     */
    public record OnNode(String node, Api.GadgetInstance instance) {}

    /**
     * What daemons answered.
     *
     * @param problems of those that did not, a sentence each
     */
    public record Answers(List<OnNode> instances, List<String> problems) {}

    /** All instances, daemon by daemon in the order of their creation. */
    public Answers list() {
        List<OnNode> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (RemoteDaemon daemon : daemons) {
            try {
                Api.ListGadgetInstanceResponse answer =
                        daemon.ask(Methods.LIST, Api.ListGadgetInstancesRequest.getDefaultInstance(), patience);
                for (Api.GadgetInstance instance : answer.getGadgetInstancesList()) {
                    found.add(new OnNode(daemon.target().node(), instance));
                }
            } catch (ServiceException failed) {
                problems.add(named(daemon, failed));
            }
        }
        return new Answers(found, problems);
    }

    /**
     * What an instance does and costs on one daemon.
     *
     * @param node the daemon's name
     * @return nothing from daemons that do not tell
     * @throws ServiceException when the daemon fails
     */
    public Optional<JigApi.InstanceStatistics> statistics(String id, String node) {
        Metadata headers = new Metadata();
        headers.put(Methods.ASK_STATISTICS, "1");
        for (RemoteDaemon daemon : daemons) {
            if (daemon.target().node().equals(node)) {
                Api.GadgetInstanceId question =
                        Api.GadgetInstanceId.newBuilder().setId(id).build();
                return Optional.ofNullable(daemon.ask(Methods.GET, question, headers, patience)
                                .headers()
                                .get(Methods.STATISTICS))
                        .map(RemoteInstances::parse);
            }
        }
        return Optional.empty();
    }

    private static JigApi.InstanceStatistics parse(byte[] bytes) {
        try {
            return JigApi.InstanceStatistics.parseFrom(bytes);
        } catch (InvalidProtocolBufferException malformed) {
            throw new ServiceException("malformed statistics: " + malformed.getMessage(), malformed);
        }
    }

    private String named(RemoteDaemon daemon, ServiceException failed) {
        String text = Failures.text(failed);
        return daemons.size() > 1 ? daemon.target().node() + ": " + text : text;
    }

    /**
     * Creates an instance on all daemons.
     *
     * @return the daemons' names by the id that they gave it
     * @throws ServiceException when one of them refuses, naming it
     */
    public Map<String, List<String>> create(Api.CreateGadgetInstanceRequest request) {
        Map<String, List<String>> created = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (RemoteDaemon daemon : daemons) {
            try {
                String id = daemon.ask(Methods.CREATE, request, patience)
                        .getGadgetInstance()
                        .getId();
                created.computeIfAbsent(id, ignored -> new ArrayList<>())
                        .add(daemon.target().node());
            } catch (ServiceException failed) {
                problems.add(named(daemon, failed));
            }
        }
        if (!problems.isEmpty()) {
            throw new ServiceException(String.join("\n", problems));
        }
        return created;
    }

    /**
     * Removes an instance from the daemons that have it.
     *
     * @param nodes names of these daemons
     * @return what went wrong, a sentence each
     */
    public List<String> remove(String id, List<String> nodes) {
        List<String> problems = new ArrayList<>();
        for (RemoteDaemon daemon : daemons) {
            if (nodes.contains(daemon.target().node())) {
                try {
                    Api.StatusResponse answer = daemon.ask(
                            Methods.REMOVE,
                            Api.GadgetInstanceId.newBuilder().setId(id).build(),
                            patience);
                    if (answer.getResult() != 0) {
                        problems.add("executing on target \"" + daemon.target().node() + "\": " + answer.getMessage());
                    }
                } catch (ServiceException failed) {
                    problems.add(named(daemon, failed));
                }
            }
        }
        return problems;
    }
}
