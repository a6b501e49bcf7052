// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;
import java.util.Optional;

/** One value of a plan, and the fixed bytes before it. */
abstract sealed class PlanStep {
    private static final Utf8Literal TRUE = Utf8Literal.of("true");
    private static final Utf8Literal FALSE = Utf8Literal.of("false");

    final Utf8Literal before;

    PlanStep(Utf8Literal before) {
        this.before = before;
    }

    /** The field whose raw bytes alone decide the value, if there is one. */
    Optional<Field> rawField() {
        return Optional.empty();
    }

    static Optional<Field> rawMember(Field field) {
        boolean raw = field.isStaticMember()
                && field.payloadIndex() == 0
                && field.size() > 0
                && field.source() instanceof ValueSource.Payload;
        return raw ? Optional.of(field) : Optional.empty();
    }

    /** Gives memory back that the step has taken. */
    void close() {}

    /** Appends the value alone. */
    abstract void write(Record record, Utf8Buffer out);

    /** An integer that fits into a signed 64-bit one; {@link Plan} writes it. */
    static final class Signed extends PlanStep {
        final LongReader reader;

        Signed(Utf8Literal before, LongReader reader) {
            super(before);
            this.reader = reader;
        }

        @Override
        Optional<Field> rawField() {
            return rawMember(reader.field());
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            out.appendLong(reader.read(record));
        }
    }

    /** An unsigned 64-bit integer; {@link Plan} writes it. */
    static final class Unsigned extends PlanStep {
        final LongReader reader;

        Unsigned(Utf8Literal before, LongReader reader) {
            super(before);
            this.reader = reader;
        }

        @Override
        Optional<Field> rawField() {
            return rawMember(reader.field());
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            out.appendUnsigned(reader.read(record));
        }
    }

    /** True or false. */
    static final class Bool extends PlanStep {
        private final LongReader reader;
        private final boolean onlyOneIsTrue;

        Bool(Utf8Literal before, LongReader reader, boolean onlyOneIsTrue) {
            super(before);
            this.reader = reader;
            this.onlyOneIsTrue = onlyOneIsTrue;
        }

        @Override
        Optional<Field> rawField() {
            return rawMember(reader.field());
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            long value = reader.read(record);
            out.append((onlyOneIsTrue ? value == 1 : value != 0) ? TRUE : FALSE);
        }
    }

    /** A float, with the words of the format for NaN and infinities. */
    static final class Decimal extends PlanStep {
        private final DoubleReader reader;
        private final boolean single;
        private final NotFinite words;

        Decimal(Utf8Literal before, DoubleReader reader, NotFinite words) {
            super(before);
            this.reader = reader;
            this.single = reader.field().kind() == Kind.FLOAT32;
            this.words = words;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            words.appendNumber(out, reader.read(record), single);
        }
    }

    /** The inside of a string. */
    static final class Text extends PlanStep {
        private final TextReader reader;

        Text(Utf8Literal before, TextReader reader) {
            super(before);
            this.reader = reader;
        }

        @Override
        Optional<Field> rawField() {
            return rawMember(reader.field());
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            reader.appendJson(record, out);
        }
    }

    /** Bytes as hexadecimal digits inside of a string. */
    static final class Hex extends PlanStep {
        private final TextReader reader;

        Hex(Utf8Literal before, TextReader reader) {
            super(before);
            this.reader = reader;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            reader.appendHex(record, out);
        }
    }

    /**
     * Several values in a row that depend on nothing but a few bytes of the record: where those are the same as in the
     * record before, as those of a process that goes on or of a stack that is not taken, their text is used again.
     */
    static final class Run extends PlanStep {
        private final PlanStep[] steps;
        private final int from;
        private final int size;
        private final Utf8Buffer seen;
        private final Utf8Buffer text = new Utf8Buffer(256);

        /**
         * @param steps of values within {@code size} bytes from {@code from} on, in payload 0
         */
        Run(List<PlanStep> steps, int from, int size) {
            super(steps.getFirst().before);
            this.steps = steps.toArray(new PlanStep[0]);
            this.from = from;
            this.size = size;
            this.seen = new Utf8Buffer(size + Long.BYTES);
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            record.window(0, from, size);
            if (record.windowLength() < size) {
                writeSteps(record, out);
                return;
            }
            long window = record.windowAddress();
            if (seen.length() != size || !Memory.areEqual(window, seen.address(), size)) {
                seen.clear();
                seen.append(window, size);
                text.clear();
                writeSteps(record, text);
            }
            out.append(text.address(), (int) text.length());
        }

        @Override
        void close() {
            seen.close();
            text.close();
        }

        private void writeSteps(Record record, Utf8Buffer out) {
            steps[0].write(record, out);
            for (int i = 1; i < steps.length; i++) {
                out.append(steps[i].before);
                steps[i].write(record, out);
            }
        }
    }

    /** The elements of an array. */
    static final class Elements extends PlanStep {
        private final JsonArray elements;

        Elements(Utf8Literal before, JsonArray elements) {
            super(before);
            this.elements = elements;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            elements.write(record, out);
        }
    }

    /** A YAML string. */
    static final class Scalar extends PlanStep {
        private final TextReader reader;
        private final YamlText text;
        private final boolean hex;

        Scalar(Utf8Literal before, TextReader reader, YamlText text) {
            super(before);
            this.reader = reader;
            this.text = text;
            this.hex = !reader.field().kind().isText();
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            reader.locate(record);
            text.append(out, record.windowAddress(), record.windowLength(), hex);
        }
    }

    /** The elements of an array as a YAML sequence. */
    static final class Sequence extends PlanStep {
        private final YamlSequence elements;

        Sequence(Utf8Literal before, YamlSequence elements) {
            super(before);
            this.elements = elements;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            elements.write(record, out);
        }
    }
}
