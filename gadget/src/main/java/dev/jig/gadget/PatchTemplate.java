// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.function.UnaryOperator;

/**
 * Texts of patches: {@code {{call .getParamValue "custom.interval"}}} stands for the value of a param, {@code {{call .getConfig "operator.process.interval"}}}
 * for a value of the metadata. These are the two actions that gadgets use of Go's templates; a dash behind the first or in front of the last braces
 * removes blanks there.
 */
final class PatchTemplate {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private PatchTemplate() {}

    /**
     * @throws GadgetException for anything else in double braces
     */
    static String expand(String text, UnaryOperator<String> param, UnaryOperator<String> configuration) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        boolean trims = false;
        while (true) {
            int open = text.indexOf(OPEN, at);
            String literal = open < 0 ? text.substring(at) : text.substring(at, open);
            out.append(trims ? literal.stripLeading() : literal);
            if (open < 0) {
                return out.toString();
            }
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw problem(text, "unclosed action");
            }
            String action = text.substring(open + OPEN.length(), close);
            if (action.startsWith("- ")) {
                action = action.substring(1);
                out.setLength(out.toString().stripTrailing().length());
            }
            trims = action.endsWith(" -");
            out.append(value(text, trims ? action.substring(0, action.length() - 1) : action, param, configuration));
            at = close + CLOSE.length();
        }
    }

    private static String value(
            String text, String action, UnaryOperator<String> param, UnaryOperator<String> configuration) {
        String trimmed = action.strip();
        int quote = trimmed.indexOf('"');
        if (quote > 0 && trimmed.length() > quote + 1 && trimmed.indexOf('"', quote + 1) == trimmed.length() - 1) {
            String argument = trimmed.substring(quote + 1, trimmed.length() - 1);
            String function = trimmed.substring(0, quote).strip();
            if (function.equals("call .getParamValue")) {
                return param.apply(argument);
            }
            if (function.equals("call .getConfig")) {
                return configuration.apply(argument);
            }
        }
        throw problem(text, "only call .getParamValue \"…\" and call .getConfig \"…\" are possible, not: " + trimmed);
    }

    private static GadgetException problem(String text, String what) {
        return new GadgetException("template \"" + text + "\": " + what);
    }
}
