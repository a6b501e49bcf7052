// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flags of a command, and the parser of its words: {@code --name=value}, {@code --name value}, {@code --bool}, {@code
 * -x value}, {@code -xvalue}, {@code -x=value}, grouped letters, {@code --} before words that are no flags.
 */
final class FlagSet {
    private final Map<String, Flag> byName = new LinkedHashMap<>();
    private final Map<String, Flag> byLetter = new LinkedHashMap<>();
    /** Second names, which help texts do not list. */
    private final Map<String, Flag> byOtherName = new LinkedHashMap<>();

    /**
     * Adds a flag. Where a name or letter is taken already, the first flag keeps it; an operator's flag is then called as {@link
     * Flag#asOwn} says.
     */
    FlagSet add(Flag flag) {
        Flag first = byName.putIfAbsent(flag.name(), flag);
        boolean taken = first != null
                && !first.param().qualifiedName().equals(flag.param().qualifiedName());
        if (taken && flag.isOperators()) {
            Flag own = flag.asOwn();
            byName.putIfAbsent(own.name(), own);
            return this;
        }
        if (!flag.param().alternativeKey().isEmpty()) {
            byOtherName.putIfAbsent(flag.param().alternativeKey(), flag);
        }
        if (!flag.letter().isEmpty()) {
            byLetter.putIfAbsent(flag.letter(), flag);
        }
        return this;
    }

    FlagSet addAll(Collection<Flag> flags) {
        flags.forEach(this::add);
        return this;
    }

    Collection<Flag> flags() {
        return byName.values();
    }

    /** How unknown flags are treated. */
    enum Unknown {
        /** An error. */
        REFUSED,
        /** Passed over, with the next word unless that begins with a dash. */
        SKIPPED
    }

    /**
     * Parses words.
     *
     * @throws CliException when a flag is unknown, lacks its value or has a wrong one
     */
    Parsed parse(List<String> words, Unknown unknown) {
        return new Parser(words, unknown).parse();
    }

    private final class Parser {
        private final List<String> words;
        private final Unknown unknown;
        private final Parsed result = new Parsed();
        private int position;

        Parser(List<String> words, Unknown unknown) {
            this.words = words;
            this.unknown = unknown;
        }

        Parsed parse() {
            while (position < words.size()) {
                String word = words.get(position++);
                if (word.equals("--")) {
                    result.positionals.addAll(words.subList(position, words.size()));
                    break;
                }
                if (word.startsWith("--")) {
                    parseLong(word.substring(2));
                } else if (word.length() > 1 && word.startsWith("-")) {
                    parseLetters(word.substring(1));
                } else {
                    result.positionals.add(word);
                }
            }
            return result;
        }

        private void parseLong(String text) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            Flag named = byName.get(name);
            Flag flag = named == null ? byOtherName.get(name) : named;
            if (flag == null) {
                refuse("unknown flag: --" + name, name);
                skipValue(equals >= 0);
            } else if (equals >= 0) {
                set(flag, text.substring(equals + 1));
            } else if (flag.isBoolean()) {
                set(flag, "true");
                passOverSurplus("--" + name);
            } else {
                set(flag, nextWord("flag needs an argument: --" + name));
            }
        }

        private void parseLetters(String letters) {
            for (int i = 0; i < letters.length(); i++) {
                String letter = letters.substring(i, i + 1);
                String rest = letters.substring(i + 1);
                Flag flag = byLetter.get(letter);
                if (flag == null) {
                    refuse("unknown shorthand flag: '" + letter + "' in -" + letters, "");
                    skipValue(rest.startsWith("="));
                    return;
                }
                if (rest.startsWith("=")) {
                    set(flag, rest.substring(1));
                    return;
                }
                if (flag.isBoolean()) {
                    set(flag, "true");
                    if (rest.isEmpty()) {
                        passOverSurplus("-" + letter);
                    }
                } else {
                    String missing = "flag needs an argument: '" + letter + "' in -" + letters;
                    set(flag, rest.isEmpty() ? nextWord(missing) : rest);
                    return;
                }
            }
        }

        /** A truth value in a word of its own is no value of a flag that needs none. */
        private void passOverSurplus(String flag) {
            if (position < words.size() && Flag.isTruth(words.get(position))) {
                String word = words.get(position++);
                result.warnings.add("\"" + word + "\" behind " + flag + " is ignored: write " + flag + "=" + word
                        + " to set the flag to that");
            }
        }

        private void refuse(String message, String name) {
            if (unknown == Unknown.REFUSED) {
                Optional<String> nearest = name.isEmpty() ? Optional.empty() : Nearest.find(name, byName.keySet());
                throw new CliException(message
                        + nearest.map(found -> " (did you mean --" + found + "?)")
                                .orElse(""));
            }
        }

        private void skipValue(boolean attached) {
            if (!attached && position < words.size() && !words.get(position).startsWith("-")) {
                result.passedOver.add(words.get(position++));
            }
        }

        private String nextWord(String missing) {
            if (position == words.size()) {
                throw new CliException(missing);
            }
            return words.get(position++);
        }

        private void set(Flag flag, String value) {
            String text = flag.strict() && value.startsWith("@") ? FileValue.read(flag.name(), value) : value;
            result.values.put(flag, flag.accept(text));
        }
    }

    /** What was found on a command line. */
    static final class Parsed {
        private final Map<Flag, String> values = new LinkedHashMap<>();
        private final List<String> positionals = new ArrayList<>();
        private final List<String> passedOver = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        /** Words that stood behind unknown flags: values of theirs, or positionals. */
        List<String> passedOver() {
            return List.copyOf(passedOver);
        }

        /** What was odd, but no error. */
        List<String> warnings() {
            return List.copyOf(warnings);
        }

        /** Words that are no flags. */
        List<String> positionals() {
            return List.copyOf(positionals);
        }

        /** Flags that were given, with their values. */
        Map<Flag, String> given() {
            return values;
        }

        /** The value of a flag: what was given, or its default. */
        String value(Flag flag) {
            return values.getOrDefault(flag, flag.param().defaultValue());
        }

        boolean isTrue(Flag flag) {
            return value(flag).equals("true");
        }
    }
}
