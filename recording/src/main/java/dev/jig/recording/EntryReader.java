// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads the numbers and byte ranges of a block, never behind its end. */
final class EntryReader {
    private static final int LONGEST_VARINT = 10;
    private static final int VARINT_BITS = 7;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private MemorySegment bytes = MemorySegment.NULL;
    private long position;
    private long end;

    /** Starts at the beginning of a block. */
    void open(MemorySegment block) {
        bytes = block;
        position = 0;
        end = block.byteSize();
    }

    boolean hasNext() {
        return position < end;
    }

    MemorySegment bytes() {
        return bytes;
    }

    long position() {
        return position;
    }

    /** A number of variable length. */
    long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            if (position >= end) {
                throw cut(1);
            }
            byte next = bytes.get(BYTE, position++);
            value |= (next & 127L) << VARINT_BITS * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new RecordingException("a number before byte " + position + " has too many bytes");
    }

    /** A length of bytes that follow; returns it when they are all there. */
    int length() {
        long length = varint();
        if (length < 0 || length > end - position) {
            throw cut(length);
        }
        return (int) length;
    }

    /** A number of 64 bits, lowest byte first. */
    long fixed() {
        skip(Long.BYTES);
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes.get(BYTE, position - Long.BYTES + i) & 0xff;
        }
        return value;
    }

    /** Passes over bytes. */
    void skip(int length) {
        if (length > end - position) {
            throw cut(length);
        }
        position += length;
    }

    private RecordingException cut(long wanted) {
        return new RecordingException("at byte " + position + " there should be " + Long.toUnsignedString(wanted)
                + " further bytes, but the block ends at " + end);
    }
}
