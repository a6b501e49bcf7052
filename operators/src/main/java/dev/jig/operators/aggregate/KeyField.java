// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.aggregate;

import dev.jig.datasource.Field;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A field by which records are counted: read from records into keys, and from keys into results.
 *
 * <pre>
 *   number: 8 bytes
 *   text:   4 bytes length, and so many bytes
 * </pre>
 */
final class KeyField {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final Optional<TextReader> text;
    private final Optional<LongReader> number;
    private final FieldWriter result;

    /**
     * @param field of the records
     * @param result of the totals
     */
    KeyField(Field field, FieldWriter result) {
        boolean isText = field.kind().isText();
        this.text = isText ? Optional.of(field.asText()) : Optional.empty();
        this.number = isText ? Optional.empty() : Optional.of(field.asLong());
        this.result = result;
    }

    /**
     * Appends the value of a record to a key; returns where the key ends.
     *
     * @param limit where it must end at the latest: of a text only so much is taken
     */
    int write(Record record, byte[] key, int at, int limit) {
        if (number.isPresent()) {
            LONG.set(key, at, number.get().read(record));
            return at + Long.BYTES;
        }
        int length = text.orElseThrow().copyTo(record, key, at + Integer.BYTES, limit - at - Integer.BYTES);
        INT.set(key, at, length);
        return at + Integer.BYTES + length;
    }

    /** Sets the field of a result to the value that lies in a key; returns where the next value lies. */
    int read(byte[] keys, int at, Record total) {
        if (number.isPresent()) {
            result.setLong(total, (long) LONG.get(keys, at));
            return at + Long.BYTES;
        }
        int length = (int) INT.get(keys, at);
        result.setBytes(total, MemorySegment.ofArray(keys), at + Integer.BYTES, length);
        return at + Integer.BYTES + length;
    }

    /** Sets the field of the result for all others. */
    void writeOthers(Record total) {
        if (number.isPresent()) {
            result.setLong(total, 0);
        } else {
            result.setText(total, "(others)");
        }
    }
}
