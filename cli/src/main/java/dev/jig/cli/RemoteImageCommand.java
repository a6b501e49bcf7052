// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.ParamType;
import dev.jig.inspect.Entry;
import dev.jig.service.RemoteRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code gadgetctl image inspect IMAGE}: what an image holds that a daemon has. */
final class RemoteImageCommand {
    private RemoteImageCommand() {}

    static Command of(Console console, Environment environment) {
        List<Command> commands = List.of(new Inspect(console, environment));
        return new GroupCommand(
                console, "image", new CommandGroup("gadgetctl image", "Look at gadget images", commands));
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
            Map<String, Entry> entries = entries(image, remote);
            String key = parsed.value(KEY);
            console()
                    .print(output.text(
                            key.isEmpty()
                                    ? InspectedEntries.all(entries)
                                    : InspectedEntries.one(Optional.ofNullable(entries.get(key)), key)));
            return ExitCode.SUCCESS;
        }

        private static Map<String, Entry> entries(String image, RemoteRuntime remote) {
            try {
                Map<String, Entry> entries = new TreeMap<>();
                remote.information(image, Map.of(), true)
                        .getExtraInfo()
                        .getDataMap()
                        .forEach((key, fact) ->
                                entries.put(key, new Entry(fact.getContent().toStringUtf8(), fact.getContentType())));
                return entries;
            } catch (GadgetException wrong) {
                throw new GadgetException("fetching gadget information: " + wrong.getMessage(), wrong);
            }
        }
    }
}
