// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.datasource.Utf8Buffer;
import java.lang.foreign.MemorySegment;

/** The bytes of the records of one read, one behind the other in native memory that is used again for the next read. */
final class RecordMemory implements AutoCloseable {
    private static final int FIRST_CAPACITY = 1 << 16;

    private final Utf8Buffer bytes = new Utf8Buffer(FIRST_CAPACITY);

    void clear() {
        bytes.clear();
    }

    /** How many bytes there are. */
    long length() {
        return bytes.length();
    }

    void append(MemorySegment from, long length) {
        bytes.append(from, 0, Math.toIntExact(length));
    }

    /** Appends NULs up to the next multiple of eight bytes. */
    void align() {
        bytes.repeat('\0', (int) (-bytes.length() & (Long.BYTES - 1)));
    }

    /** All bytes; valid until the next append or clear. */
    MemorySegment segment() {
        return bytes.segment();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
