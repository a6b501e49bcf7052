// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.ParamType;
import dev.jig.service.RemoteInstances;
import dev.jig.service.RemoteRuntime;
import dev.jig.wire.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code gadgetctl list}: the gadgets that run without a client. */
final class ListCommand extends RemoteCommand {
    private static final Flag OUTPUT =
            Flag.plain("output", "o", ParamType.STRING, "columns", "Output mode: columns, json or jsonpretty");
    private static final Flag NO_TRUNCATE = Flag.plain("no-trunc", ParamType.BOOL, "false", "Show whole ids");
    private static final int SHORT_ID = 12;
    private static final int GAP = 1;
    private static final int NARROWEST = 16;

    ListCommand(Console console, Environment environment) {
        super(console, environment, "gadgetctl list", List.of(OUTPUT, NO_TRUNCATE));
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public List<String> aliases() {
        return List.of("l", "ls", "ps");
    }

    @Override
    public String summary() {
        return "List gadget instances";
    }

    @Override
    int run(FlagSet.Parsed parsed, RemoteRuntime remote) {
        String mode = parsed.value(OUTPUT);
        if (!List.of("columns", "json", "jsonpretty").contains(mode)) {
            throw new CliException("invalid output mode \"" + mode + "\", valid values are: columns, json, jsonpretty");
        }
        RemoteInstances.Answers answers = remote.instances().list();
        Collection<Api.GadgetInstance> instances = new ResolvedInstances(answers.instances()).merged();
        if (mode.equals("columns")) {
            console().print(table(instances, parsed.isTrue(NO_TRUNCATE)));
        } else {
            console().println(json(instances, mode.equals("jsonpretty")));
        }
        if (!answers.problems().isEmpty()) {
            throw new CliException(String.join("\n", answers.problems()));
        }
        return ExitCode.SUCCESS;
    }

    private static String table(Collection<Api.GadgetInstance> instances, boolean wholeIds) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "NAME", "TAGS", "GADGET", "STATUS"));
        for (Api.GadgetInstance instance : instances) {
            String id = instance.getId();
            rows.add(List.of(
                    wholeIds || id.length() < SHORT_ID ? id : id.substring(0, SHORT_ID),
                    instance.getName(),
                    String.join(",", instance.getTagsList()),
                    instance.getGadgetConfig().getImageName(),
                    ResolvedInstances.status(instance)));
        }
        return ControlCharacters.neutralise(lines(rows));
    }

    private static String lines(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(
                        Math.max(widths[i], i == 0 ? SHORT_ID : NARROWEST),
                        row.get(i).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                line.append(cell).repeat(' ', widths[i] - cell.length() + GAP);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static String json(Collection<Api.GadgetInstance> instances, boolean pretty) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Api.GadgetInstance instance : instances) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", instance.getId());
            members.put("name", instance.getName());
            members.put("tags", List.copyOf(instance.getTagsList()));
            members.put("gadget", instance.getGadgetConfig().getImageName());
            members.put("status", ResolvedInstances.status(instance));
            members.put("message", instance.getState().getMessage());
            members.put("created", instance.getTimeCreated());
            objects.add(members);
        }
        return JsonText.of(objects, pretty);
    }
}
