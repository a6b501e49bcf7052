// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program: finds the command that was named and runs it. */
final class RootCommand {
    private final Console console;
    private final String program;
    private final List<Flag> globals;
    private final CommandGroup group;

    /**
     * @param globals flags of all commands, which may stand before the command's name
     */
    RootCommand(Console console, String program, String description, List<Flag> globals, List<Command> commands) {
        this.console = console;
        this.program = program;
        this.globals = globals;
        this.group = new CommandGroup(program, description, commands);
    }

    int run(List<String> words) {
        if (words.isEmpty()) {
            return help();
        }
        // Global flags may stand before the command; they are handed on to it.
        int index = firstCommandWord(words);
        if (index < 0) {
            new FlagSet().addAll(globals).add(GlobalFlags.HELP).parse(words, FlagSet.Unknown.REFUSED);
            return help();
        }
        String word = words.get(index);
        if (word.equals("help")) {
            return helpFor(words.subList(index + 1, words.size()));
        }
        Optional<Command> command = group.find(word);
        if (command.isEmpty()) {
            return unknown(word);
        }
        List<String> rest = new ArrayList<>(words);
        rest.remove(index);
        return command.get().run(rest);
    }

    private int firstCommandWord(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (takesNextWord(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                return i;
            }
        }
        return -1;
    }

    private boolean takesNextWord(String word) {
        for (Flag flag : globals) {
            if (!flag.isBoolean() && word.equals("--" + flag.name())) {
                return true;
            }
        }
        return false;
    }

    private int help() {
        FlagSet flags = new FlagSet().addAll(globals).add(GlobalFlags.HELP);
        console.print(group.help(HelpText.flags(flags.flags()), ""));
        return ExitCode.SUCCESS;
    }

    private int helpFor(List<String> words) {
        if (words.isEmpty()) {
            return help();
        }
        Optional<Command> command = group.find(words.getFirst());
        if (command.isEmpty()) {
            console.note("Unknown help topic [`" + words.getFirst() + "`]");
            return help();
        }
        List<String> asked = new ArrayList<>(words.subList(1, words.size()));
        asked.add("--help");
        return command.get().run(asked);
    }

    private int unknown(String word) {
        StringBuilder message = new StringBuilder("unknown command \"" + word + "\" for \"" + program + "\"");
        Optional<String> nearest =
                Nearest.find(word, group.commands().stream().map(Command::name).toList());
        nearest.ifPresent(name ->
                message.append("\n\nDid you mean this?\n\t").append(name).append('\n'));
        console.error(message.toString());
        console.note("Run '" + program + " --help' for usage.");
        return ExitCode.FAILURE;
    }
}
