// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.BytePattern;
import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;

/** Whether some text is a part of a field. */
public final class TextMatch implements Condition {
    /** Which part. */
    public enum Part {
        START("startsWith"),
        END("endsWith"),
        ANY("contains");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private final TextReader reader;
    private final Part part;
    private final BytePattern value;

    TextMatch(TextReader reader, Part part, String value) {
        this.reader = reader;
        this.part = part;
        this.value = BytePattern.of(value);
    }

    /** Reader of the field. */
    public TextReader reader() {
        return reader;
    }

    /** Which part of the field is compared. */
    public Part part() {
        return part;
    }

    /** What the part must be. */
    public BytePattern value() {
        return value;
    }

    @Override
    public boolean test(Record record) {
        return switch (part) {
            case START -> reader.startsWith(record, value);
            case END -> reader.endsWith(record, value);
            case ANY -> reader.contains(record, value);
        };
    }

    @Override
    public String describe() {
        return reader.field().fullName() + " " + part.word() + " " + Quoted.text(value.toString());
    }
}
