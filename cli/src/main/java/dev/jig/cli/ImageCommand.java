// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.runtime.Locations;
import java.util.List;
import java.util.Optional;

/** {@code ig image …}. */
final class ImageCommand implements Command {
    private final Console console;
    private final CommandGroup group;

    ImageCommand(Console console, Environment environment) {
        this.console = console;
        Locations locations = environment.locations();
        this.group = new CommandGroup(
                "ig image",
                "Manage gadget images",
                List.of(
                        new ImageBuildCommand(console, environment),
                        new ImageExportCommand(console, locations),
                        new ImageImportCommand(console, locations),
                        new ImageInspectCommand(console, locations),
                        new ImageListCommand(console, environment),
                        new ImagePermissionsCommand(console, locations),
                        new ImageTagCommand(console, locations),
                        new ImageRemoveCommand(console, locations)));
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public String summary() {
        return "Manage gadget images";
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
}
