// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.ParamType;
import dev.jig.service.RemoteRuntime;
import dev.jig.wire.Api;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code gadgetctl image inspect IMAGE}: what an image holds that a daemon has. */
final class RemoteImageCommand implements Command {
    private final Console console;
    private final CommandGroup group;

    RemoteImageCommand(Console console, Environment environment) {
        this.console = console;
        this.group = new CommandGroup(
                "gadgetctl image", "Look at gadget images", List.of(new Inspect(console, environment)));
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public String summary() {
        return "Look at gadget images";
    }

    @Override
    public int run(List<String> words) {
        Optional<Command> command = words.isEmpty() ? Optional.empty() : group.find(words.getFirst());
        if (command.isPresent()) {
            return command.get().run(words.subList(1, words.size()));
        }
        FlagSet flags = new FlagSet().add(GlobalFlags.HELP);
        console.print(group.help(HelpText.flags(flags.flags()), HelpText.flags(GlobalFlags.all())));
        return ExitCode.SUCCESS;
    }

    private static final class Inspect extends RemoteCommand {
        private static final Flag KEY =
                Flag.plain("extra-info", ParamType.STRING, "", "Print only what this key stands for");
        private static final Flag OUTPUT =
                Flag.plain("output", "o", ParamType.STRING, "jsonpretty", "Output mode: yaml, json or jsonpretty");

        Inspect(Console console, Environment environment) {
            super(console, environment, "gadgetctl image inspect IMAGE", List.of(KEY, OUTPUT));
        }

        @Override
        public String name() {
            return "inspect";
        }

        @Override
        public String summary() {
            return "Show what an image holds";
        }

        @Override
        int run(FlagSet.Parsed parsed, RemoteRuntime remote) {
            String image = exactly(1, parsed).getFirst();
            InspectOutput output = InspectOutput.of(parsed.value(OUTPUT));
            Map<String, Api.GadgetInspectAddendum> facts = facts(image, remote);
            String key = parsed.value(KEY);
            console().print(output.text(key.isEmpty() ? all(facts) : one(facts, key)));
            return ExitCode.SUCCESS;
        }

        private static Map<String, Api.GadgetInspectAddendum> facts(String image, RemoteRuntime remote) {
            try {
                Api.GadgetInfo info = remote.information(image, Map.of(), true);
                return new TreeMap<>(info.getExtraInfo().getDataMap());
            } catch (GadgetException wrong) {
                throw new GadgetException("fetching gadget information: " + wrong.getMessage(), wrong);
            }
        }

        private static Object all(Map<String, Api.GadgetInspectAddendum> facts) {
            Map<String, Object> tree = new TreeMap<>();
            facts.forEach((key, fact) -> tree.put(
                    key,
                    new TreeMap<>(Map.of(
                            "content", fact.getContent().toStringUtf8(), "contentType", fact.getContentType()))));
            return tree;
        }

        private static Object one(Map<String, Api.GadgetInspectAddendum> facts, String key) {
            Api.GadgetInspectAddendum fact = facts.get(key);
            if (fact == null) {
                throw new CliException("extra info \"" + key + "\" not found");
            }
            String content = fact.getContent().toStringUtf8();
            return switch (fact.getContentType()) {
                case "application/json" -> JsonTree.sorted(content, key);
                case "text/yaml" -> JsonTree.sortedYaml(content, key);
                default -> content;
            };
        }
    }
}
