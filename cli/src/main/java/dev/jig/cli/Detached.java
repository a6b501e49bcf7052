// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Log;
import dev.jig.gadget.ParamType;
import dev.jig.recording.RecordOperator;
import dev.jig.service.InstanceNames;
import dev.jig.service.RemoteInstances;
import dev.jig.service.RemoteRuntime;
import dev.jig.wire.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gadgets that go on running when the client has left. */
final class Detached {
    private static final Flag DETACH =
            Flag.plain("detach", ParamType.BOOL, "false", "Leave the gadget running in the daemon");
    private static final Flag TAGS =
            Flag.plain("tags", ParamType.STRING, "", "Tags of the gadget instance, separated by commas");
    private static final Flag NAME =
            Flag.plain("name", ParamType.STRING, "", "Name of the gadget instance (default a random one)");
    private static final Flag ID =
            Flag.plain("id", ParamType.STRING, "", "Id of the gadget instance (default a random one)");
    private static final Flag BUFFER = Flag.plain(
            "event-buffer-length",
            ParamType.INT32,
            "0",
            "Number of last events that the gadget instance keeps, 0 for the daemon's choice");

    /** What may be said about a detached gadget. */
    static final List<Flag> FLAGS = List.of(DETACH, TAGS, NAME, ID, BUFFER);

    private static final int VERSION = 1;

    private final Console console;
    private final Log log;

    Detached(Console console, Log log) {
        this.console = console;
        this.log = log;
    }

    static boolean isAsked(FlagSet.Parsed parsed) {
        boolean records = !parsed.value(Flag.of(RecordOperator.FILE)).isEmpty();
        if (parsed.isTrue(DETACH) && records) {
            throw new CliException("--record needs somebody who watches: it cannot be combined with --detach");
        }
        return parsed.isTrue(DETACH);
    }

    /** Creates one instance. */
    int create(RemoteRuntime remote, String image, Map<String, String> values, FlagSet.Parsed parsed) {
        install(
                remote,
                request(
                        parsed.value(ID),
                        parsed.value(NAME),
                        List.of(parsed.value(TAGS).split(",", -1)),
                        List.of(),
                        image,
                        values,
                        parsed));
        return ExitCode.SUCCESS;
    }

    private static Api.CreateGadgetInstanceRequest request(
            String id,
            String name,
            List<String> tags,
            List<String> nodes,
            String image,
            Map<String, String> values,
            FlagSet.Parsed parsed) {
        if (!id.isEmpty() && !InstanceNames.isId(id)) {
            throw new CliException("id must consist of 32 hexadecimal characters");
        }
        return Api.CreateGadgetInstanceRequest.newBuilder()
                .setGadgetInstance(Api.GadgetInstance.newBuilder()
                        .setId(id.isEmpty() ? InstanceNames.newId() : id)
                        .setName(name.isEmpty() ? InstanceNames.newName() : name)
                        .addAllTags(tags)
                        .addAllNodes(nodes)
                        .setGadgetConfig(Api.GadgetRunRequest.newBuilder()
                                .setImageName(image)
                                .putAllParamValues(values)
                                .setVersion(VERSION)))
                .setEventBufferLength(Integer.parseInt(parsed.value(BUFFER)))
                .build();
    }

    private void install(RemoteRuntime remote, Api.CreateGadgetInstanceRequest request) {
        Map<String, List<String>> nodes = remote.instances().create(request);
        nodes.forEach((id, names) -> log.info("installed as \"" + id + "\""
                + (nodes.size() > 1 ? " (nodes [" + String.join(" ", names) + "])" : "")));
    }

    /** Makes the daemons run what the manifests say: an instance of that name that is another one is replaced, the same one is left alone. */
    int apply(RemoteRuntime remote, List<Manifest> manifests, Map<String, String> values, FlagSet.Parsed parsed) {
        List<String> problems = new ArrayList<>();
        for (Manifest manifest : manifests) {
            try {
                apply(remote, manifest, values, parsed);
            } catch (RuntimeException failed) {
                problems.add("running gadget from manifest file: " + failed.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new CliException(String.join("\n", problems));
        }
        return ExitCode.SUCCESS;
    }

    private void apply(
            RemoteRuntime remote, Manifest manifest, Map<String, String> imageValues, FlagSet.Parsed parsed) {
        Map<String, String> values = new LinkedHashMap<>(imageValues);
        values.putAll(manifest.params());
        Api.CreateGadgetInstanceRequest wanted = request(
                manifest.id(), manifest.name(), manifest.tags(), manifest.nodes(), manifest.image(), values, parsed);
        RemoteInstances.Answers present = remote.instances().list();
        ResolvedInstances instances = new ResolvedInstances(present.instances());
        for (Api.GadgetInstance instance : instances.merged()) {
            boolean same = instance.getName().equals(manifest.name())
                    || instance.getId().equals(manifest.id());
            if (same && isUnchanged(instance, wanted.getGadgetInstance(), manifest)) {
                log.info("unchanged: \"" + instance.getId() + "\"");
                return;
            }
            if (same) {
                replace(remote, instances.onNodes(instance.getId()), instance.getId());
            }
        }
        install(remote, wanted);
    }

    private static boolean isUnchanged(Api.GadgetInstance present, Api.GadgetInstance wanted, Manifest manifest) {
        boolean sameId = manifest.id().isEmpty() || present.getId().equals(manifest.id());
        return sameId
                && present.getGadgetConfig().equals(wanted.getGadgetConfig())
                && present.getTagsList().equals(wanted.getTagsList())
                && present.getNodesList().equals(wanted.getNodesList());
    }

    private void replace(RemoteRuntime remote, List<RemoteInstances.OnNode> onNodes, String id) {
        List<String> nodes = onNodes.stream().map(RemoteInstances.OnNode::node).toList();
        List<String> failures = remote.instances().remove(id, nodes);
        if (!failures.isEmpty()) {
            throw new CliException(String.join("\n", failures));
        }
        console.note("replaced: \"" + id + "\"");
    }
}
