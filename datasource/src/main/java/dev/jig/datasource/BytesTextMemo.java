// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Texts of a function of a short raw byte string, for instance of a name or an address, kept so that each one is computed once.
 * When {@code limit} texts are kept and another one comes, all are forgotten. Nothing is allocated on a hit. Not thread-safe.
 */
public final class BytesTextMemo {
    private static final int BUCKETS = 1024;

    private record Entry(Utf8Literal key, Utf8Literal text) {}

    private final Function<byte[], Utf8Literal> function;
    private final int limit;
    private final List<List<Entry>> buckets = new ArrayList<>(BUCKETS);
    private int size;
    private Entry last = new Entry(Utf8Literal.EMPTY, Utf8Literal.EMPTY);
    private boolean hasLast;

    /** Creates a memo of at most {@code limit} texts. */
    public BytesTextMemo(int limit, Function<byte[], Utf8Literal> function) {
        this.function = function;
        this.limit = limit;
        for (int i = 0; i < BUCKETS; i++) {
            buckets.add(List.of());
        }
    }

    /** The text for the bytes in the record's window; see {@link TextReader#locate}. */
    public Utf8Literal ofWindow(Record record) {
        return of(record.windowAddress(), record.windowLength());
    }

    private Utf8Literal of(long address, int length) {
        if (!hasLast || !last.key().matches(address, length)) {
            last = find(address, length);
            hasLast = true;
        }
        return last.text();
    }

    /** How many texts are kept. */
    public int size() {
        return size;
    }

    private Entry find(long address, int length) {
        int bucket = bucket(address, length);
        List<Entry> entries = buckets.get(bucket);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).key().matches(address, length)) {
                return entries.get(i);
            }
        }
        byte[] key = Memory.copyOut(address, length);
        Entry added = new Entry(Utf8Literal.of(key), function.apply(key));
        if (size >= limit) {
            buckets.replaceAll(_ -> List.of());
            size = 0;
        }
        if (buckets.get(bucket).isEmpty()) {
            buckets.set(bucket, new ArrayList<>(2));
        }
        buckets.get(bucket).add(added);
        size++;
        return added;
    }

    private static int bucket(long address, int length) {
        long hash = length;
        for (int i = 0; i < length; i += Long.BYTES) {
            hash = (hash ^ Memory.word(address + i, length - i)) * 0x9e37_79b9_7f4a_7c15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash >>> 40) & (BUCKETS - 1);
    }
}
