// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Mapping;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with the layout of a ring buffer, in which a test plays the kernel. */
final class FakeRing implements AutoCloseable {
    static final int BUSY = 1 << 31;
    static final int DISCARDED = 1 << 30;
    private static final int O_RDWR = 2;
    private static final int PAGE = Mapping.PAGE_SIZE;

    private final int size;
    private final BpfMap map;
    private final Mapping pages;
    private long produced;

    FakeRing(Path directory, int size) throws IOException {
        this.size = size;
        Path file = Files.createTempFile(directory, "ring", "");
        long length = 2L * PAGE + 2L * size;
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length);
        }
        map = BpfMap.adopt(
                MapDefinition.of("ring", MapType.RINGBUF, 0, 0, size), FileDescriptor.open(file.toString(), O_RDWR));
        pages = Mapping.readWrite(map.descriptor(), 0, length);
    }

    BpfMap map() {
        return map;
    }

    /** Starts as if so many bytes had gone through the ring before. */
    FakeRing startingAt(long position) {
        produced = position;
        memory().set(ValueLayout.JAVA_LONG, 0, position);
        memory().set(ValueLayout.JAVA_LONG, PAGE, position);
        return this;
    }

    /** Adds a record of these bytes, which all have the same value. */
    long add(int length, int flags, int value) {
        long position = produced;
        put(position, length | flags);
        for (int i = 0; i < length; i++) {
            putByte(position + 8 + i, (byte) value);
        }
        produced += (length + 8 + 7L) & ~7L;
        memory().set(ValueLayout.JAVA_LONG, PAGE, produced);
        return position;
    }

    /** Ends the business of a record. */
    void commit(long position, int length) {
        put(position, length);
    }

    /** What the consumer lets the kernel know. */
    long publishedPosition() {
        return memory().get(ValueLayout.JAVA_LONG, 0);
    }

    private void put(long position, int header) {
        for (int i = 0; i < 4; i++) {
            putByte(position + i, (byte) (header >> 8 * i));
        }
    }

    private void putByte(long position, byte value) {
        long offset = 2L * PAGE + (position & (size - 1));
        memory().set(ValueLayout.JAVA_BYTE, offset, value);
        memory().set(ValueLayout.JAVA_BYTE, offset + size, value);
    }

    private MemorySegment memory() {
        return pages.memory();
    }

    @Override
    public void close() {
        pages.close();
        map.close();
    }
}
