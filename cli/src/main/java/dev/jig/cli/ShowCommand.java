// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.LocalZone;
import dev.jig.service.RemoteInstances;
import dev.jig.service.RemoteRuntime;
import dev.jig.wire.Api;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.TreeMap;

/** {@code gadgetctl show NAME_OR_ID}: what is known about one instance, as YAML. */
final class ShowCommand extends RemoteCommand {
    ShowCommand(Console console, Environment environment) {
        super(console, environment, "gadgetctl show NAME_OR_ID", List.of());
    }

    @Override
    public String name() {
        return "show";
    }

    @Override
    public List<String> aliases() {
        return List.of("s", "sh");
    }

    @Override
    public String summary() {
        return "Show a gadget instance";
    }

    @Override
    int run(FlagSet.Parsed parsed, RemoteRuntime remote) {
        String word = exactly(1, parsed).getFirst();
        RemoteInstances.Answers answers = remote.instances().list();
        if (answers.instances().isEmpty() && !answers.problems().isEmpty()) {
            throw new CliException(String.join("\n", answers.problems()));
        }
        ResolvedInstances instances = new ResolvedInstances(answers.instances());
        String id = instances.require(word, "instance \"" + word + "\" not found", "ambiguous names/ids: " + word);
        console().print(ControlCharacters.neutralise(text(instances.onNodes(id))));
        if (!answers.problems().isEmpty()) {
            throw new CliException(String.join("\n", answers.problems()));
        }
        return ExitCode.SUCCESS;
    }

    private static String text(List<RemoteInstances.OnNode> nodes) {
        Api.GadgetInstance instance = nodes.getFirst().instance();
        StringBuilder out = new StringBuilder();
        member(out, "ID", instance.getId());
        member(out, "Name", instance.getName());
        member(out, "Image", instance.getGadgetConfig().getImageName());
        Instant created = Instant.ofEpochSecond(instance.getTimeCreated());
        member(out, "TimeCreated", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(created.atZone(LocalZone.current())));
        if (instance.getTimeCreated() > 0) {
            Duration age = Duration.between(created, Instant.now());
            member(out, "Uptime", Math.max(0, age.toSeconds()) + "s");
        }
        if (instance.getTagsCount() > 0 && !instance.getTags(0).isEmpty()) {
            member(out, "Tags", String.join(",", instance.getTagsList()));
        }
        out.append(instance.getGadgetConfig().getParamValuesCount() == 0 ? "Params: {}\n" : "Params:\n");
        new TreeMap<>(instance.getGadgetConfig().getParamValuesMap())
                .forEach((key, value) -> member(out.append("    "), key, value));
        out.append("NodeInstances:\n");
        for (RemoteInstances.OnNode found : nodes) {
            member(out.append("    - "), "Node", found.node());
            member(out.append("      "), "Status", ResolvedInstances.status(found.instance()));
            member(out.append("      "), "Message", found.instance().getState().getMessage());
        }
        return out.toString();
    }

    /** Every value is quoted: then none can be taken for something else. */
    private static void member(StringBuilder out, String key, String value) {
        out.append(key).append(": ").append(JsonText.of(value, false)).append('\n');
    }
}
