// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.link.BpfLink;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Attaches iterator programs and reads what they write. */
final class IteratorLinks {
    private static final String MAP_ELEMENTS = "bpf_map_elem";
    /** {@code union bpf_iter_link_info}: for map elements, its first four bytes are the map's descriptor. */
    private static final int LINK_INFO_SIZE = 16;

    private IteratorLinks() {}

    static BpfLink attach(LoadedObject.Program program, String kind, Optional<BpfMap> map) {
        if (!kind.equals(MAP_ELEMENTS)) {
            return BpfLink.iterator(program.program(), MemorySegment.NULL);
        }
        if (map.isEmpty()) {
            String name = program.spec().name();
            throw new BpfException("iter/bpf_map_elem program \"" + name
                    + "\" has no target map; declare GADGET_ITER_TARGET_MAP(" + name
                    + ", <map_name>) in the BPF source");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(LINK_INFO_SIZE, Long.BYTES);
            info.set(ValueLayout.JAVA_INT, 0, map.get().descriptor().number());
            return BpfLink.iterator(program.program(), info);
        }
    }

    /**
     * Runs an iterator once.
     *
     * @throws BpfException when it cannot be read, or does not write whole records
     */
    static void read(BpfLink link, RecordMemory memory) {
        try (FileDescriptor iterator = link.openIterator()) {
            long count;
            do {
                count = read(iterator, memory.room());
                memory.advance(Math.max(0, count));
            } while (count != 0);
        }
        if (memory.torn() != 0) {
            throw new BpfException("an iterator ended " + memory.torn() + " bytes after the last whole record");
        }
    }

    /** The kernel interrupts a run after a million objects without output; it goes on at the next read: -1. */
    private static long read(FileDescriptor iterator, MemorySegment room) {
        try {
            return iterator.read(room);
        } catch (SystemCallException interrupted) {
            if (interrupted.errno().equals(Errno.EAGAIN)) {
                return -1;
            }
            throw interrupted;
        }
    }
}
