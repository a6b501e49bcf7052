// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.LocalZone;
import dev.jig.service.RemoteInstances;
import dev.jig.service.RemoteRuntime;
import dev.jig.wire.Api;
import dev.jig.wire.JigApi;
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
        console().print(ControlCharacters.neutralise(text(instances.onNodes(id), remote.instances())));
        if (!answers.problems().isEmpty()) {
            throw new CliException(String.join("\n", answers.problems()));
        }
        return ExitCode.SUCCESS;
    }

    private static String text(List<RemoteInstances.OnNode> nodes, RemoteInstances remote) {
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
            remote.statistics(instance.getId(), found.node()).ifPresent(told -> statistics(out, told));
        }
        return out.toString();
    }

    private static void statistics(StringBuilder out, JigApi.InstanceStatistics told) {
        number(out.append("      "), "Starts", told.getStarts());
        number(out.append("      "), "Clients", told.getClients());
        out.append(told.getSourcesCount() == 0 ? "      DataSources: []\n" : "      DataSources:\n");
        for (JigApi.InstanceStatistics.Source source : told.getSourcesList()) {
            member(out.append("        - "), "Name", source.getName());
            number(out.append("          "), "Events", source.getDelivered());
            number(out.append("          "), "Lost", source.getLost());
        }
        if (told.hasCost()) {
            cost(out, told.getCost());
        }
    }

    private static void cost(StringBuilder out, JigApi.Cost cost) {
        out.append("      Cost:\n");
        number(out.append("        "), "Programs", cost.getPrograms());
        number(out.append("        "), "Maps", cost.getMaps());
        number(out.append("        "), "MapMemory", cost.getMapBytes());
        if (cost.getPeriodNanoseconds() == 0) {
            member(out.append("        "), "Time", "the kernel does not count the time of programs");
            return;
        }
        double seconds = cost.getPeriodNanoseconds() / 1e9;
        number(out.append("        "), "RunsPerSecond", Math.round(cost.getRuns() / seconds));
        number(out.append("        "), "NanosecondsPerRun", cost.getRunNanoseconds() / Math.max(1, cost.getRuns()));
        member(out.append("        "), "Processor", hundredths(cost.getRunNanoseconds() / seconds / 1e7) + "%");
    }

    /** With two digits behind the point, in every language. */
    private static String hundredths(double value) {
        long rounded = Math.round(value * 100);
        return rounded / 100 + (rounded % 100 < 10 ? ".0" : ".") + rounded % 100;
    }

    private static void number(StringBuilder out, String key, long value) {
        out.append(key).append(": ").append(value).append('\n');
    }

    /** Every value is quoted: then none can be taken for something else. */
    private static void member(StringBuilder out, String key, String value) {
        out.append(key).append(": ").append(JsonText.of(value, false)).append('\n');
    }
}
