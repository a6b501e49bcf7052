// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Conditions about the elements of arrays. */
final class Arrays {
    private Arrays() {}

    /** Whether a condition holds for one element at least. */
    static Condition any(Value.Sequence sequence, Condition condition, String text) {
        Elements elements = sequence.elements();
        return new Computed(text, record -> count(elements, condition, record, 1) > 0);
    }

    /** How many elements fulfil a condition; counts no further than to {@code most}. */
    static long count(Elements elements, Condition condition, Record record, long most) {
        int size = elements.count(record);
        long count = 0;
        for (int i = 0; i < size && count < most; i++) {
            elements.choose(record, i);
            if (condition.test(record)) {
                count++;
            }
        }
        return count;
    }

    /** How many elements there are. */
    static ToLongFunction<Record> length(Value.Sequence sequence) {
        Elements elements = sequence.elements();
        return elements::count;
    }

    /** A list that is written out, or a range, as elements to look at. */
    static Value.Sequence sequence(Value.Range range) {
        RangeElements elements = new RangeElements(range);
        return new Value.Sequence(Value.Whole.of(elements::value), elements, Optional.empty());
    }

    private static final class RangeElements implements Elements {
        private static final long LARGEST = 1_000_000;

        private final ToLongFunction<Record> first;
        private final ToLongFunction<Record> last;
        private long value;

        RangeElements(Value.Range range) {
            this.first = range.first().function();
            this.last = range.last().function();
        }

        @Override
        public int count(Record record) {
            long from = first.applyAsLong(record);
            long to = last.applyAsLong(record);
            if (to < from) {
                return 0;
            }
            long count = to - from + 1;
            if (count < 0 || count > LARGEST) {
                throw new FilterException("a range of more than " + LARGEST + " numbers");
            }
            return (int) count;
        }

        @Override
        public void choose(Record record, int index) {
            value = first.applyAsLong(record) + index;
        }

        long value(Record record) {
            return value;
        }
    }
}
