// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Commands below one word.
 *
 * @param path the words up to here, for instance {@code ig image}
 */
record CommandGroup(String path, String description, List<Command> commands) {
    Optional<Command> find(String word) {
        return commands.stream()
                .filter(command ->
                        command.name().equals(word) || command.aliases().contains(word))
                .findFirst();
    }

    /** The help text; {@code flags} are the lines of flags. */
    String help(String flags, String globalFlags) {
        StringBuilder out = new StringBuilder(description)
                .append("\n\nUsage:\n  ")
                .append(path)
                .append(" [command]\n\nAvailable Commands:\n");
        int width = commands.stream()
                .mapToInt(command -> command.name().length())
                .max()
                .orElse(0);
        commands.stream()
                .sorted(Comparator.comparing(Command::name))
                .forEach(command -> out.append("  ")
                        .append(command.name())
                        .append(" ".repeat(Math.max(11, width) - command.name().length() + 1))
                        .append(command.summary())
                        .append('\n'));
        out.append("\nFlags:\n").append(flags);
        if (!globalFlags.isEmpty()) {
            out.append("\nGlobal Flags:\n").append(globalFlags);
        }
        return out.append("\nUse \"")
                .append(path)
                .append(" [command] --help\" for more information about a command.\n")
                .toString();
    }
}
