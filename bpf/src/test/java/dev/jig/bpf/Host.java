// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.FileDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** What tests need of the machine that they run on. */
public final class Host {
    private static final int MOST_LOOKS = 10_000;

    private Host() {}

    /** Ids of the kernel's programs, maps, BTFs or links, by the command that lists them, in order. */
    public static SortedSet<Integer> ids(BpfCommand list) {
        TreeSet<Integer> ids = new TreeSet<>();
        OptionalInt id = next(list, 0);
        while (id.isPresent()) {
            ids.add(id.getAsInt());
            id = next(list, id.getAsInt());
        }
        return ids;
    }

    private static OptionalInt next(BpfCommand list, int id) {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = new BpfAttribute(arena).u32(0, id);
            return list.tryCall(attribute) < 0 ? OptionalInt.empty() : OptionalInt.of(attribute.u32(4));
        }
    }

    /** What {@code BPF_OBJ_GET_INFO_BY_FD} says. */
    public static MemorySegment information(Arena arena, FileDescriptor descriptor, int size) {
        MemorySegment information = arena.allocate(size, Long.BYTES);
        BpfAttribute attribute =
                new BpfAttribute(arena).u32(0, descriptor.number()).u32(4, size).pointer(8, information);
        BpfCommand.BPF_OBJ_GET_INFO_BY_FD.call(attribute, "of " + descriptor);
        return information;
    }

    /** Id of a program, map or BTF. */
    public static int id(FileDescriptor descriptor, boolean btf) {
        try (Arena arena = Arena.ofConfined()) {
            return information(arena, descriptor, 32).get(ValueLayout.JAVA_INT, btf ? 12 : 4);
        }
    }

    /** Waits until none of these objects is there any more: the kernel frees them some time after the last descriptor was closed. */
    public static void awaitGone(BpfCommand list, Collection<Integer> ids) {
        TreeSet<Integer> left = new TreeSet<>(ids);
        for (int i = 0; i < MOST_LOOKS && !left.isEmpty(); i++) {
            LockSupport.parkNanos(1_000_000);
            left.retainAll(ids(list));
        }
        assertThat(left).as("ids that %s still lists", list).isEmpty();
    }
}
