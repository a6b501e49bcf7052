// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

/**
 * One word of an expression.
 *
 * @param text of a string its value, of anything else what is written
 * @param position index of its first character
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        NAME,
        NUMBER,
        TEXT,
        OPERATOR,
        END
    }

    boolean isOperator(String symbol) {
        return kind == Kind.OPERATOR && text.equals(symbol);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** As messages show it. */
    String describe() {
        return switch (kind) {
            case END -> "EOF";
            case NAME -> "Identifier(\"" + text + "\")";
            case NUMBER -> "Number(\"" + text + "\")";
            case TEXT -> "String(" + Quoted.text(text) + ")";
            case OPERATOR -> "Operator(\"" + text + "\")";
        };
    }
}
