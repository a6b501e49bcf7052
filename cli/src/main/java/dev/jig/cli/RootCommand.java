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
    private final CandidateSource candidates;

    /**
     * @param globals flags of all commands, which may stand before the command's name
     * @param candidates what shells may complete words to that only this machine knows
     */
    RootCommand(
            Console console,
            String program,
            String description,
            List<Flag> globals,
            List<Command> commands,
            CandidateSource candidates) {
        this.candidates = candidates;
        this.console = console;
        this.program = program;
        this.globals = globals;
        this.group = new CommandGroup(program, description, commands);
    }

    CommandGroup group() {
        return group;
    }

    /** Flags of all commands. */
    List<Flag> globals() {
        return globals;
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
        if (word.equals(Completer.COMMAND) || word.equals(Completer.PLAIN_COMMAND)) {
            return complete(words.subList(index + 1, words.size()), word.equals(Completer.COMMAND));
        }
        Optional<Command> command = group.find(word);
        if (command.isEmpty()) {
            return unknown(word);
        }
        List<String> rest = new ArrayList<>(words);
        rest.remove(index);
        return command.get().run(rest);
    }

    /** Answers the scripts of shells: candidates for the last word, one a line, and how the shell is to treat them. */
    private int complete(List<String> words, boolean described) {
        Completion completion = new Completer(group, globals, candidates).complete(words);
        console.print(ControlCharacters.neutralise(completion.text(described)));
        return ExitCode.SUCCESS;
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
        console.print(helpText());
        return ExitCode.SUCCESS;
    }

    private String helpText() {
        FlagSet flags = new FlagSet().addAll(globals).add(GlobalFlags.HELP);
        return group.help(HelpText.flags(flags.flags()), "");
    }

    private int helpFor(List<String> words) {
        if (words.isEmpty()) {
            return help();
        }
        Optional<Command> command = group.find(words.getFirst());
        if (command.isEmpty()) {
            console.note("Unknown help topic [`" + words.getFirst() + "`]");
            console.note(helpText().stripTrailing());
            return ExitCode.SUCCESS;
        }
        List<String> asked = new ArrayList<>(words.subList(1, words.size()));
        asked.add("--help");
        return command.get().run(asked);
    }

    private int unknown(String word) {
        StringBuilder message = new StringBuilder("unknown command \"" + word + "\" for \"" + program + "\"");
        List<String> near = new ArrayList<>();
        for (Command command : group.commands()) {
            if (command.name().startsWith(word) || Nearest.distance(word, command.name()) <= Nearest.FARTHEST) {
                near.add(command.name());
            }
        }
        near.sort(null);
        if (!near.isEmpty()) {
            message.append("\n\nDid you mean this?\n");
            near.forEach(name -> message.append('\t').append(name).append('\n'));
        }
        console.error(message.toString());
        console.note("Run '" + program + " --help' for usage.");
        return ExitCode.FAILURE;
    }
}
