// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the payloads of records as others expect them, for instance a remote client or a Wasm module: fixed layouts at their full
 * size, numbers at their exact width, and derived values in place of the bytes they are derived from.
 */
public final class PayloadWriter {
    /** One number or text that does not lie in the record's bytes as it is. */
    private sealed interface Part {
        record Whole(LongReader reader) implements Part {}

        record Decimal(DoubleReader reader) implements Part {}

        record Text(TextReader reader) implements Part {}
    }

    private final DataSource dataSource;
    private final List<List<Part>> parts = new ArrayList<>();
    /** Bytes that a fixed layout has at least, by payload. */
    private final int[] sizes;

    /** Makes the plan for a data source that has started. */
    public PayloadWriter(DataSource dataSource) {
        this(dataSource, true);
    }

    /**
     * Makes the plan for a data source that has started.
     *
     * @param full whether fixed layouts have their full size; our own readers take what is missing at the end for zeros
     */
    public PayloadWriter(DataSource dataSource, boolean full) {
        this(dataSource, derived(dataSource));
        for (int i = 0; full && i < sizes.length; i++) {
            sizes[i] = dataSource.payloadSize(i);
        }
    }

    /**
     * Makes the plan for a data source that has started.
     *
     * @param replaced fields whose values stand in place of the bytes; all others stay as they are
     */
    public PayloadWriter(DataSource dataSource, List<Field> replaced) {
        this.dataSource = dataSource;
        this.sizes = new int[dataSource.payloadCount()];
        for (int i = 0; i < dataSource.payloadCount(); i++) {
            parts.add(new ArrayList<>(0));
        }
        for (Field field : replaced) {
            int payload = field.payloadIndex();
            parts.get(payload).add(part(field));
            sizes[payload] = Math.max(sizes[payload], field.offset() + field.size());
        }
    }

    private static List<Field> derived(DataSource dataSource) {
        List<Field> derived = new ArrayList<>();
        for (Field field : dataSource.fields()) {
            if (!field.isEmpty() && !(field.source() instanceof ValueSource.Payload)) {
                derived.add(field);
            }
        }
        return derived;
    }

    private static Part part(Field field) {
        if (field.kind().isFloat()) {
            return new Part.Decimal(field.asDouble());
        }
        return field.kind().isNumeric() ? new Part.Whole(field.asLong()) : new Part.Text(field.asText());
    }

    /** How many bytes a payload will have whose only replaced values lie inside of a fixed layout. */
    public int length(Record record, int payload) {
        return Math.max(record.payloadLength(payload), sizes[payload]);
    }

    /** Appends one payload of a record; returns its length in bytes. */
    public int append(Record record, int payload, Utf8Buffer out) {
        long before = out.length();
        List<Part> replaced = parts.get(payload);
        if (dataSource.payloadSize(payload) > 0 || replaced.isEmpty()) {
            raw(record, payload, sizes[payload], out);
        }
        for (int i = 0; i < replaced.size(); i++) {
            put(record, replaced.get(i), before, out);
        }
        return (int) (out.length() - before);
    }

    /** The bytes as they are, with zeros up to the size that a fixed layout has at least. */
    private static void raw(Record record, int payload, int size, Utf8Buffer out) {
        record.window(payload, 0, 0);
        int length = record.windowLength();
        out.append(record.windowAddress(), length);
        out.repeat('\0', size - length);
    }

    private void put(Record record, Part part, long start, Utf8Buffer out) {
        switch (part) {
            case Part.Whole whole ->
                number(whole.reader().field(), whole.reader().read(record), start, out);
            case Part.Decimal decimal -> {
                double value = decimal.reader().read(record);
                boolean single = decimal.reader().field().kind() == Kind.FLOAT32;
                long bits = single ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
                number(decimal.reader().field(), bits, start, out);
            }
            case Part.Text text -> {
                if (!text.reader().field().isStaticMember()) {
                    text.reader().appendTo(record, out);
                } else {
                    textInPlace(record, text.reader(), start, out);
                }
            }
        }
    }

    private void number(Field field, long value, long start, Utf8Buffer out) {
        int width = field.kind().width();
        if (!field.isStaticMember()) {
            out.repeat('\0', width);
        } else if (field.size() != width) {
            return;
        }
        Memory.putNumber(out.address() + start + field.offset(), value, width, dataSource.isByteSwapped());
    }

    private static void textInPlace(Record record, TextReader reader, long start, Utf8Buffer out) {
        Field field = reader.field();
        reader.locate(record);
        int length = Math.min(record.windowLength(), field.size());
        long target = out.address() + start + field.offset();
        Memory.copyExactly(record.windowAddress(), target, length);
        Memory.clear(target + length, field.size() - length);
    }
}
