// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Has the kernel describe an object: {@code BPF_OBJ_GET_INFO_BY_FD} fills {@code struct bpf_prog_info} and its like. */
public final class ObjectInformation {
    private ObjectInformation() {}

    /**
     * Fills a structure, whose pointers and sizes say what else is wanted.
     *
     * @return 0, or {@code -errno}
     */
    public static long tryRead(FileDescriptor descriptor, MemorySegment information) {
        try (Arena arena = Arena.ofConfined()) {
            return BpfCommand.BPF_OBJ_GET_INFO_BY_FD.tryCall(attribute(arena, descriptor, information));
        }
    }

    /**
     * Fills a structure, whose pointers and sizes say what else is wanted.
     *
     * @throws SystemCallException when the kernel refuses
     */
    public static void read(FileDescriptor descriptor, MemorySegment information) {
        try (Arena arena = Arena.ofConfined()) {
            BpfCommand.BPF_OBJ_GET_INFO_BY_FD.call(attribute(arena, descriptor, information), "of " + descriptor);
        }
    }

    private static BpfAttribute attribute(Arena arena, FileDescriptor descriptor, MemorySegment information) {
        return new BpfAttribute(arena)
                .u32(0, descriptor.number())
                .u32(4, (int) information.byteSize())
                .pointer(8, information);
    }
}
