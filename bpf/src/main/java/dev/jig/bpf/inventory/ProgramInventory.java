// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.ObjectInformation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programs in the kernel. Needs CAP_SYS_ADMIN, as all questions by id do. */
public final class ProgramInventory {
    /** {@code struct bpf_prog_info} up to and with {@code recursion_misses}. */
    private static final int INFO_SIZE = 216;

    private static final int NAME_SIZE = 16;
    private static final int USUAL_MAPS = 64;
    /** {@code struct bpf_func_info}: instruction offset and type id. */
    private static final int FUNCTION_SIZE = 8;

    private ProgramInventory() {}

    /** The ids of all programs, ascending. */
    public static int[] ids() {
        return KernelIds.all(BpfCommand.BPF_PROG_GET_NEXT_ID);
    }

    /**
     * What the kernel tells of a program.
     *
     * @return nothing when it is gone
     * @throws dev.jig.bpf.sys.SystemCallException when the kernel refuses
     */
    public static Optional<ProgramFacts> facts(int id) {
        return KernelIds.open(BpfCommand.BPF_PROG_GET_FD_BY_ID, id, "program " + id)
                .map(descriptor -> {
                    try (descriptor) {
                        return facts(descriptor);
                    }
                });
    }

    /** What the kernel tells of a program that is open. */
    public static ProgramFacts facts(FileDescriptor descriptor) {
        for (int room = USUAL_MAPS; ; room *= 8) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment maps = arena.allocate(ValueLayout.JAVA_INT, room);
                MemorySegment info = arena.allocate(INFO_SIZE, Long.BYTES);
                info.set(ValueLayout.JAVA_INT, 52, room);
                info.set(ValueLayout.JAVA_LONG, 56, maps.address());
                ObjectInformation.read(descriptor, info);
                int count = info.get(ValueLayout.JAVA_INT, 52);
                if (count <= room) {
                    return facts(info, numbers(maps, count));
                }
            }
        }
    }

    private static ProgramFacts facts(MemorySegment info, List<Integer> maps) {
        return new ProgramFacts(
                info.get(ValueLayout.JAVA_INT, 4),
                info.get(ValueLayout.JAVA_INT, 0),
                info.asSlice(64, NAME_SIZE).getString(0),
                info.get(ValueLayout.JAVA_LONG, 40),
                info.get(ValueLayout.JAVA_LONG, 192),
                info.get(ValueLayout.JAVA_LONG, 200),
                maps,
                info.get(ValueLayout.JAVA_INT, 128));
    }

    private static List<Integer> numbers(MemorySegment memory, int count) {
        List<Integer> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(memory.getAtIndex(ValueLayout.JAVA_INT, i));
        }
        return numbers;
    }

    /**
     * The whole name of a program, of which the kernel itself keeps 15 characters: that of the function it begins with.
     *
     * @return nothing when the program is gone or has no types
     * @throws dev.jig.bpf.BpfException when the kernel refuses, or its types cannot be read
     */
    public static Optional<String> functionName(ProgramFacts program) {
        if (program.types() == 0) {
            return Optional.empty();
        }
        int function = firstFunction(program.id());
        if (function == 0) {
            return Optional.empty();
        }
        return KernelIds.open(BpfCommand.BPF_BTF_GET_FD_BY_ID, program.types(), "types of program " + program.id())
                .map(descriptor -> {
                    try (descriptor) {
                        return types(descriptor);
                    }
                })
                .filter(types -> function < types.typeCount() && types.kind(function) == BtfKind.FUNCTION)
                .map(types -> types.name(function));
    }

    /** The type id of the first function, 0 for none. */
    private static int firstFunction(int id) {
        Optional<FileDescriptor> open = KernelIds.open(BpfCommand.BPF_PROG_GET_FD_BY_ID, id, "program " + id);
        if (open.isEmpty()) {
            return 0;
        }
        try (FileDescriptor descriptor = open.get();
                Arena arena = Arena.ofConfined()) {
            MemorySegment function = arena.allocate(FUNCTION_SIZE, Integer.BYTES);
            MemorySegment info = arena.allocate(INFO_SIZE, Long.BYTES);
            info.set(ValueLayout.JAVA_INT, 132, FUNCTION_SIZE);
            info.set(ValueLayout.JAVA_LONG, 136, function.address());
            info.set(ValueLayout.JAVA_INT, 144, 1);
            ObjectInformation.read(descriptor, info);
            return info.get(ValueLayout.JAVA_INT, 144) == 0 ? 0 : function.get(ValueLayout.JAVA_INT, 4);
        }
    }

    /** {@code struct bpf_btf_info}: address and size of a buffer for the types come first. */
    private static Btf types(FileDescriptor descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(16, Long.BYTES);
            ObjectInformation.read(descriptor, info);
            MemorySegment bytes = arena.allocate(info.get(ValueLayout.JAVA_INT, 8));
            info.fill((byte) 0);
            info.set(ValueLayout.JAVA_LONG, 0, bytes.address());
            info.set(ValueLayout.JAVA_INT, 8, (int) bytes.byteSize());
            ObjectInformation.read(descriptor, info);
            return Btf.parse(descriptor.toString(), bytes.toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
