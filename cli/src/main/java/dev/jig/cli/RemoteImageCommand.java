// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.runtime.ImageInspection;
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
        Inspect(Console console, Environment environment) {
            super(
                    console,
                    environment,
                    "gadgetctl image inspect IMAGE",
                    List.of(ImageInspectCommand.KEY, ImageInspectCommand.OUTPUT));
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
            ImageInspectCommand.requireMode(parsed);
            console().println(ImageInspectCommand.text(entries(image, remote), parsed));
            return ExitCode.SUCCESS;
        }

        private static Map<String, ImageInspection.Entry> entries(String image, RemoteRuntime remote) {
            Map<String, ImageInspection.Entry> entries = new TreeMap<>();
            try {
                Api.GadgetInfo info = remote.information(image, Map.of(), true);
                info.getExtraInfo()
                        .getDataMap()
                        .forEach((key, fact) -> entries.put(
                                key,
                                new ImageInspection.Entry(fact.getContent().toStringUtf8(), fact.getContentType())));
                return entries;
            } catch (GadgetException wrong) {
                throw new GadgetException("fetching gadget information: " + wrong.getMessage(), wrong);
            }
        }
    }
}
