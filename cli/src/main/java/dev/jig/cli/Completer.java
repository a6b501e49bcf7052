// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds what the last word of a command line may become: commands, flags, their values, gadgets, instances. */
final class Completer {
    /** The hidden command by which scripts of shells ask. */
    static final String COMMAND = "__complete";

    /** The same without descriptions. */
    static final String PLAIN_COMMAND = "__completeNoDesc";

    private final CommandGroup root;
    private final List<Flag> globals;
    private final CandidateSource source;

    Completer(CommandGroup root, List<Flag> globals, CandidateSource source) {
        this.root = root;
        this.globals = globals;
        this.source = source;
    }

    /**
     * Completes the last word.
     *
     * @param words behind the program's name; the last one is empty where a new word begins
     */
    Completion complete(List<String> words) {
        String typed = words.isEmpty() ? "" : words.getLast();
        List<String> before = words.isEmpty() ? List.of() : words.subList(0, words.size() - 1);
        List<Command> level = root.commands();
        Optional<Command> command = Optional.empty();
        List<String> rest = new ArrayList<>();
        for (String word : before) {
            Optional<Command> next = word.startsWith("-") ? Optional.empty() : find(word, level);
            if (next.isPresent()) {
                command = next;
                level = next.get().commands();
            } else if (command.isPresent() || word.startsWith("-") || !word.equals("help")) {
                rest.add(word);
            }
        }
        return new Typed(typed, rest, command, level).complete();
    }

    private static Optional<Command> find(String word, List<Command> level) {
        for (Command command : level) {
            if (command.name().equals(word) || command.aliases().contains(word)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** A command line: the command that was found, the words behind it, and the word that is typed. */
    private final class Typed {
        private final String word;
        private final List<String> rest;
        private final Optional<Command> command;
        private final List<Command> level;
        private Optional<GadgetOutline> outline = Optional.empty();

        Typed(String word, List<String> rest, Optional<Command> command, List<Command> level) {
            this.word = word;
            this.rest = rest;
            this.command = command;
            this.level = level;
        }

        Completion complete() {
            Map<String, Flag> flags = flags();
            Optional<Flag> waiting = rest.isEmpty() ? Optional.empty() : valued(rest.getLast(), flags);
            if (waiting.isPresent()) {
                return new FlagValue(waiting.get(), outline).complete("", word);
            }
            int equals = word.indexOf('=');
            if (word.startsWith("--") && equals > 0) {
                Flag flag = flags.get(word.substring(0, equals));
                return flag == null
                        ? Completion.only(List.of())
                        : new FlagValue(flag, outline)
                                .complete(word.substring(0, equals + 1), word.substring(equals + 1));
            }
            return word.startsWith("-") ? flagNames(flags) : positional();
        }

        /** All flags that are known here, by what is typed for them. */
        private Map<String, Flag> flags() {
            List<Flag> all = new ArrayList<>(globals);
            all.add(GlobalFlags.HELP);
            command.ifPresent(found -> all.addAll(found.flags()));
            if (command.isPresent() && command.get().usage().endsWith(" GADGET")) {
                outline = gadget(all).flatMap(source::gadget);
                outline.ifPresent(gadget -> all.addAll(gadget.flags()));
            }
            Map<String, Flag> byWord = new LinkedHashMap<>();
            for (Flag flag : all) {
                byWord.putIfAbsent("--" + flag.name(), flag);
                if (!flag.letter().isEmpty()) {
                    byWord.putIfAbsent("-" + flag.letter(), flag);
                }
            }
            return byWord;
        }

        private Optional<String> gadget(List<Flag> flags) {
            try {
                FlagSet.Parsed parsed = new FlagSet().addAll(flags).parse(rest, FlagSet.Unknown.SKIPPED);
                return parsed.positionals().stream().findFirst();
            } catch (CliException wrong) {
                return rest.stream().filter(each -> !each.startsWith("-")).findFirst();
            }
        }

        /** The flag whose value is typed behind a word. */
        private static Optional<Flag> valued(String last, Map<String, Flag> flags) {
            return Optional.ofNullable(flags.get(last)).filter(flag -> !flag.isBoolean());
        }

        private Completion flagNames(Map<String, Flag> flags) {
            List<Candidate> candidates = new ArrayList<>();
            flags.forEach((name, flag) -> {
                boolean fits = name.startsWith(word) && (name.startsWith("--") || word.equals(name));
                if (fits && !flag.hidden()) {
                    candidates.add(new Candidate(name, firstLine(flag.param().description())));
                }
            });
            return Completion.only(candidates);
        }

        private static String firstLine(String text) {
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end);
        }

        private Completion positional() {
            List<Candidate> candidates = new ArrayList<>();
            if (!level.isEmpty()) {
                for (Command each : level) {
                    candidates.add(new Candidate(each.name(), each.summary()));
                }
                if (command.isEmpty()) {
                    candidates.add(new Candidate("help", "Help about any command"));
                }
                return only(candidates);
            }
            return command.map(found -> argument(found.usage())).orElseGet(() -> only(candidates));
        }

        /** What usage lines say in upper case, or in braces, says what a word is. */
        private Completion argument(String usage) {
            String words = usage.substring(usage.lastIndexOf(' ') + 1);
            if (words.startsWith("{")) {
                List<Candidate> choices = new ArrayList<>();
                for (String choice : words.substring(1, words.length() - 1).split("\\|", -1)) {
                    choices.add(Candidate.of(choice));
                }
                return only(choices);
            }
            String kinds = upperCase(usage);
            if (kinds.contains("NAME_OR_ID")) {
                return only(source.instances(rest));
            }
            boolean path = word.startsWith(".") || word.startsWith("/") || word.startsWith("~");
            if (!path && (kinds.contains("GADGET") || kinds.contains("IMAGE"))) {
                return only(source.gadgets());
            }
            return path || kinds.contains("FILE") || kinds.contains("PATH")
                    ? Completion.files()
                    : Completion.only(List.of());
        }

        private static String upperCase(String usage) {
            StringBuilder kinds = new StringBuilder();
            for (String part : usage.split(" ", -1)) {
                if (part.equals(part.toUpperCase(Locale.ROOT))) {
                    kinds.append(part).append(' ');
                }
            }
            return kinds.toString();
        }

        private Completion only(List<Candidate> candidates) {
            List<Candidate> fitting = new ArrayList<>();
            for (Candidate candidate : candidates) {
                if (candidate.word().startsWith(word)) {
                    fitting.add(candidate);
                }
            }
            return Completion.only(fitting);
        }
    }
}
