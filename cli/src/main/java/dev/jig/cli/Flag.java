// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A flag of a command.
 *
 * @param name without dashes
 * @param param its type, default and description, and usually its name
 * @param strict whether values are checked like params; plain booleans accept more words
 * @param hidden whether help texts leave it out
 */
record Flag(String name, Param param, boolean strict, boolean hidden) {
    /** What the names of operators' flags begin with that a gadget has taken. */
    private static final String OWN = "jig.";

    private static final List<String> TRUE_WORDS = List.of("1", "t", "true");
    private static final List<String> FALSE_WORDS = List.of("0", "f", "false");

    /** A flag that is no param. */
    static Flag plain(String name, ParamType type, String defaultValue, String description) {
        return new Flag(name, Param.of("", name, type, defaultValue, description), false, false);
    }

    /** A flag that is no param, with a letter. */
    static Flag plain(String name, String letter, ParamType type, String defaultValue, String description) {
        return new Flag(
                name, Param.of("", name, type, defaultValue, description).withAlias(letter), false, false);
    }

    /** A flag that sets a param. */
    static Flag of(Param param) {
        return new Flag(param.key(), param, true, false);
    }

    /** The same for when another param has its name. */
    Flag asOwn() {
        return new Flag(OWN + name, param.withAlias(""), strict, hidden);
    }

    /** Whether it sets a param that an operator brings, not the gadget. */
    boolean isOperators() {
        return param.prefix().startsWith("operator.") && !param.prefix().startsWith("operator.oci.");
    }

    /** Whether a word is one of the two that scripts write behind boolean flags. */
    static boolean isTruth(String word) {
        return word.equals("true") || word.equals("false");
    }

    String letter() {
        return param.alias();
    }

    boolean isBoolean() {
        return param.type() == ParamType.BOOL;
    }

    /** How messages name the flag. */
    String label() {
        return letter().isEmpty() ? "--" + name() : "-" + letter() + ", --" + name();
    }

    /**
     * Checks a value as it was typed.
     *
     * @return the value as it is kept
     * @throws CliException when it is no value of this flag
     */
    String accept(String typed) {
        Optional<String> problem = strict ? param.problem(typed) : plainProblem(typed);
        problem.ifPresent(text -> {
            throw new CliException("invalid argument \"" + typed + "\" for \"" + label() + "\" flag: " + text);
        });
        return isBoolean() ? String.valueOf(TRUE_WORDS.contains(typed.toLowerCase(Locale.ROOT))) : typed;
    }

    private Optional<String> plainProblem(String typed) {
        if (isBoolean()) {
            String word = typed.toLowerCase(Locale.ROOT);
            boolean known = TRUE_WORDS.contains(word) || FALSE_WORDS.contains(word);
            return known
                    ? Optional.empty()
                    : Optional.of("strconv.ParseBool: parsing \"" + typed + "\": invalid syntax");
        }
        return param.type().problem(typed).map(text -> text.replace("expected numeric value: ", ""));
    }
}
