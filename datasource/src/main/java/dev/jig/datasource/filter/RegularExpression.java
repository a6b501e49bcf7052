// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An unanchored search whose time is bounded: it may look at a character so many times, then it gives up. Used by one thread at a
 * time.
 */
final class RegularExpression {
    private static final int LONGEST = 10_000;
    /** Looks at characters in one search; a millisecond or two. */
    private static final int BUDGET = 200_000;

    private final String text;
    private final View view = new View();
    private final Matcher matcher;

    /** The decoded value; counts how often somebody looks. */
    private static final class View implements CharSequence {
        private char[] chars = new char[256];
        private int length;
        private int left;

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new BudgetSpent();
            }
            return chars[index];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(chars, start, end - start);
        }

        @Override
        public String toString() {
            return new String(chars, 0, length);
        }

        private void reserve(int count) {
            if (count > chars.length) {
                chars = new char[count];
            }
        }
    }

    private static final class BudgetSpent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BudgetSpent() {
            super("budget spent", null, false, false);
        }
    }

    /**
     * @throws FilterException saying what is wrong with it
     */
    RegularExpression(String text) {
        this.text = text;
        if (text.length() > LONGEST) {
            throw new FilterException(
                    "regular expression of " + text.length() + " characters, the limit is " + LONGEST);
        }
        try {
            this.matcher = Pattern.compile(PatternSyntax.toJava(text), Pattern.UNIX_LINES)
                    .matcher(view);
        } catch (PatternSyntaxException wrong) {
            throw new FilterException(wrong.getDescription() + " near index " + wrong.getIndex());
        } catch (StackOverflowError deep) {
            throw new FilterException("it is nested too deeply");
        }
    }

    /** Whether it is found in a field. */
    boolean find(TextReader reader, Record record) {
        view.reserve(reader.length(record));
        view.length = reader.decode(record, view.chars);
        return find();
    }

    /** Whether it is found in a text. */
    boolean find(String value) {
        view.reserve(value.length());
        value.getChars(0, value.length(), view.chars, 0);
        view.length = value.length();
        return find();
    }

    private boolean find() {
        view.left = BUDGET;
        try {
            return matcher.reset().find();
        } catch (BudgetSpent | StackOverflowError tooMuch) {
            throw new FilterException("regular expression " + Quoted.text(text) + " takes too long for a text of "
                    + view.length + " characters");
        }
    }
}
