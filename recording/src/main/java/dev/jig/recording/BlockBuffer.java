// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.Utf8Buffer;
import dev.jig.datasource.Utf8Literal;

/** The entries of one block that is being filled ({@link EntryType}). */
final class BlockBuffer implements AutoCloseable {
    private static final int VARINT_BITS = 7;
    private static final int MORE = 1 << VARINT_BITS;

    /** Bytes of a block that is full. */
    private static final int FULL = 1 << 20;
    /** Room for the record that fills it. */
    private static final int ROOM = 1 << 14;

    private static final int MOST_TEXTS = ReplayTexts.MOST / 4;

    private final Utf8Buffer bytes = new Utf8Buffer(FULL + ROOM);
    private final BlockTexts texts = new BlockTexts();
    private int records;

    Utf8Buffer bytes() {
        return bytes;
    }

    /** Whether it is time to write it. */
    boolean isFull() {
        return bytes.length() >= FULL || texts.size() >= MOST_TEXTS;
    }

    boolean isEmpty() {
        return bytes.length() == 0;
    }

    /** How many records were added. */
    int records() {
        return records;
    }

    void countRecord() {
        records++;
    }

    void clear() {
        bytes.clear();
        texts.clear();
        records = 0;
    }

    /** Begins an entry. */
    void entry(int type, int source) {
        varint((long) source << EntryType.BITS | type);
    }

    void start(long bootTime, long distance) {
        entry(EntryType.START, 0);
        fixed(bootTime, Long.BYTES);
        fixed(distance, Long.BYTES);
    }

    void time(long sinceLast) {
        entry(EntryType.TIME, 0);
        varint(sinceLast);
    }

    void clock(long distance) {
        entry(EntryType.CLOCK, 0);
        fixed(distance, Long.BYTES);
    }

    void lost(int source, long count) {
        entry(EntryType.LOST, source);
        varint(count);
    }

    /** The number of a text, which becomes an entry of its own where the block does not have it yet: no entry may have begun. */
    int text(Utf8Literal text) {
        int known = texts.find(text);
        if (known >= 0) {
            return known;
        }
        entry(EntryType.TEXT, 0);
        varint(text.length());
        bytes.append(text);
        return texts.add(text);
    }

    void varint(long value) {
        long rest = value;
        while ((rest & -MORE) != 0) {
            bytes.append((byte) (rest | MORE));
            rest >>>= VARINT_BITS;
        }
        bytes.append((byte) rest);
    }

    /** A number of fixed width, lowest byte first. */
    void fixed(long value, int width) {
        for (int i = 0; i < width; i++) {
            bytes.append((byte) (value >>> i * Byte.SIZE));
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
