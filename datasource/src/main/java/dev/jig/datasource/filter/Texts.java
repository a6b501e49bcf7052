// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;
import java.util.Optional;
import java.util.function.Function;

/** Makes conditions about parts of texts. */
final class Texts {
    private Texts() {}

    /** A value as text: text itself, or the bytes of a field that is an array. */
    static Optional<Value.Text> of(Value value) {
        if (value instanceof Value.Text text) {
            return Optional.of(text);
        }
        return value instanceof Value.Sequence sequence ? sequence.raw().map(Value.Text::of) : Optional.empty();
    }

    static Condition match(Value.Text left, TextMatch.Part part, Value.Text right, String text) {
        if (left.field().isPresent() && right.constant().isPresent()) {
            return new TextMatch(left.field().get(), part, right.constant().get());
        }
        Function<Record, String> a = left.function();
        Function<Record, String> b = right.function();
        return new Computed(text, record -> {
            String whole = a.apply(record);
            String wanted = b.apply(record);
            return switch (part) {
                case START -> whole.startsWith(wanted);
                case END -> whole.endsWith(wanted);
                case ANY -> whole.contains(wanted);
            };
        });
    }

    /** Searches for a regular expression; one that is not written out is compiled whenever it changes. */
    static Condition search(Value.Text left, Value.Text pattern, String text) {
        if (pattern.constant().isPresent()) {
            return search(left, new RegularExpression(pattern.constant().get()), text);
        }
        Function<Record, String> value = left.function();
        Function<Record, String> wanted = pattern.function();
        ChangingPattern changing = new ChangingPattern();
        return new Computed(text, record -> changing.find(wanted.apply(record), value.apply(record)));
    }

    static Condition search(Value.Text left, RegularExpression pattern, String text) {
        if (left.field().isPresent()) {
            TextReader reader = left.field().get();
            return new Computed(text, record -> pattern.find(reader, record));
        }
        Function<Record, String> value = left.function();
        return new Computed(text, record -> pattern.find(value.apply(record)));
    }

    private static final class ChangingPattern {
        private String text = "";
        private RegularExpression expression = new RegularExpression("");

        boolean find(String pattern, String value) {
            if (!pattern.equals(text)) {
                expression = new RegularExpression(pattern);
                text = pattern;
            }
            return expression.find(value);
        }
    }
}
