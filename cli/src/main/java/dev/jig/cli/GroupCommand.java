// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.List;
import java.util.Optional;

/** A word with commands below it, {@code ig image} for instance. */
final class GroupCommand implements Command {
    private final Console console;
    private final String name;
    private final CommandGroup group;

    GroupCommand(Console console, String name, CommandGroup group) {
        this.console = console;
        this.name = name;
        this.group = group;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return group.description();
    }

    @Override
    public String usage() {
        return group.path();
    }

    @Override
    public List<Flag> flags() {
        return List.of();
    }

    @Override
    public List<Command> commands() {
        return group.commands();
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
