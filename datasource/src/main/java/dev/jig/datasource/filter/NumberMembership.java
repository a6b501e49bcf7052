// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.LongReader;
import dev.jig.datasource.Record;
import java.util.Arrays;
import java.util.Collection;

/** Whether an integer field has one of some values. */
public final class NumberMembership implements Condition {
    private static final int SHOWN = 8;

    private final LongReader reader;
    /** In signed order, whatever the field's kind is. */
    private final long[] values;

    /**
     * @param values within the range of the field's kind
     */
    public NumberMembership(LongReader reader, Collection<Long> values) {
        this.reader = reader;
        this.values = new long[values.size()];
        int i = 0;
        for (Long value : values) {
            this.values[i++] = value;
        }
        Arrays.sort(this.values);
    }

    /** Reader of the field. */
    public LongReader reader() {
        return reader;
    }

    /** A copy of the values, in signed order. */
    public long[] values() {
        return values.clone();
    }

    @Override
    public boolean test(Record record) {
        return Arrays.binarySearch(values, reader.read(record)) >= 0;
    }

    @Override
    public String describe() {
        StringBuilder text = new StringBuilder(reader.field().fullName()).append(" in [");
        for (int i = 0; i < Math.min(values.length, SHOWN); i++) {
            text.append(i == 0 ? "" : ", ");
            text.append(reader.isUnsigned() ? Long.toUnsignedString(values[i]) : Long.toString(values[i]));
        }
        return text.append(values.length > SHOWN ? ", …]" : "]").toString();
    }
}
