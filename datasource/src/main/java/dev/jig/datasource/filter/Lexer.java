// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits an expression into words. */
final class Lexer {
    private static final int MOST_TOKENS = 20_000;
    private static final List<String> OPERATORS = List.of(
            "||", "&&", "==", "!=", "<=", ">=", "**", "..", "??", "?.", "|", "<", ">", "!", "+", "-", "*", "/", "%",
            "^", "?", ":", ".", "(", ")", "[", "]", "{", "}", ",", ";", "#", "=");

    private final Source source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /**
     * The words, the last one an end.
     *
     * @throws FilterException when there is something that is none
     */
    static List<Token> split(Source source) {
        Lexer lexer = new Lexer(source);
        lexer.skipBlanks();
        while (lexer.at < lexer.text.length()) {
            lexer.next();
            if (lexer.tokens.size() > MOST_TOKENS) {
                throw source.problem("expression has more than " + MOST_TOKENS + " words", lexer.at);
            }
            lexer.skipBlanks();
        }
        lexer.tokens.add(new Token(Token.Kind.END, "", lexer.text.length()));
        return lexer.tokens;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw source.problem("unclosed comment", at);
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            StringLiteral literal = new StringLiteral(source, at);
            tokens.add(new Token(Token.Kind.TEXT, literal.read(), at));
            at = literal.end();
        } else if (c == '`') {
            raw();
        } else if (c == 'b' && at + 1 < text.length() && "\"'".indexOf(text.charAt(at + 1)) >= 0) {
            at++;
            next();
        } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
            number();
        } else if (Character.isLetter(c) || c == '_' || c == '$') {
            int start = at;
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
            tokens.add(new Token(Token.Kind.NAME, text.substring(start, at), start));
        } else {
            operator();
        }
    }

    private void raw() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw source.problem("literal not terminated", at);
        }
        tokens.add(new Token(Token.Kind.TEXT, text.substring(at + 1, end), at));
        at = end + 1;
    }

    private void number() {
        int start = at;
        boolean prefixed =
                text.charAt(at) == '0' && at + 1 < text.length() && "xXoObB".indexOf(text.charAt(at + 1)) >= 0;
        while (at < text.length() && isNumberPart(start, prefixed)) {
            at++;
        }
        tokens.add(new Token(Token.Kind.NUMBER, text.substring(start, at), start));
    }

    private boolean isNumberPart(int start, boolean prefixed) {
        char c = text.charAt(at);
        if (c == '.') {
            // Two dots are a range.
            return !prefixed && !text.startsWith("..", at) && text.indexOf('.', start) >= at;
        }
        boolean exponentSign =
                (c == '+' || c == '-') && !prefixed && at > start && "eE".indexOf(text.charAt(at - 1)) >= 0;
        return exponentSign || Character.isLetterOrDigit(c) || c == '_';
    }

    private void operator() {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                tokens.add(new Token(Token.Kind.OPERATOR, operator, at));
                at += operator.length();
                return;
            }
        }
        throw source.problem("unrecognized character: U+" + hex(text.codePointAt(at)), at);
    }

    private static String hex(int codePoint) {
        String digits = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
