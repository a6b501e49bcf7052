// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.ObjectInformation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Descriptors of the BTFs of modules, by which programs name functions and variables in them. They are owned by this object; loaded programs hold the
 * modules themselves.
 *
 * <pre>
 *   struct bpf_btf_info:  0 btf  8 btf_size  12 id  16 name  24 name_len  28 kernel_btf
 * </pre>
 */
final class ModuleTypes implements AutoCloseable {
    private static final int INFO_SIZE = 32;
    private static final int NAME_SIZE = 64;
    /** More modules than any kernel has; ids can grow while they are listed. */
    private static final int MOST_IDS = 1 << 16;

    private final Map<String, FileDescriptor> descriptors = new LinkedHashMap<>();

    /** 0 for the kernel itself, as programs are loaded with. */
    int number(Optional<String> module) {
        return module.isEmpty() ? 0 : descriptor(module.get()).number();
    }

    /**
     * The BTF of a module.
     *
     * @throws BpfException when it is not loaded any more
     */
    FileDescriptor descriptor(String module) {
        FileDescriptor known = descriptors.get(module);
        if (known == null) {
            known = find(module);
            descriptors.put(module, known);
        }
        return known;
    }

    private static FileDescriptor find(String module) {
        try (Arena arena = Arena.ofConfined()) {
            int id = 0;
            for (int i = 0; i < MOST_IDS; i++) {
                BpfAttribute next = new BpfAttribute(arena).u32(0, id);
                long result = BpfCommand.BPF_BTF_GET_NEXT_ID.tryCall(next);
                if (result == -Errno.ENOENT.number()) {
                    break;
                }
                Kernel.check(result, "list the kernel's BTFs for that of module " + module);
                id = next.u32(4);
                Optional<FileDescriptor> found = open(id, module);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new BpfException("the kernel does not know the types of module \"" + module + "\" (is it still loaded?)");
    }

    private static Optional<FileDescriptor> open(int id, String module) {
        try (Arena arena = Arena.ofConfined()) {
            long result = BpfCommand.BPF_BTF_GET_FD_BY_ID.tryCall(new BpfAttribute(arena).u32(0, id));
            if (result == -Errno.ENOENT.number()) {
                return Optional.empty();
            }
            Kernel.check(result, "open BTF " + id);
            FileDescriptor descriptor = FileDescriptor.own(result, "BTF of module " + module);
            if (isOf(arena, descriptor, module)) {
                return Optional.of(descriptor);
            }
            descriptor.close();
            return Optional.empty();
        }
    }

    private static boolean isOf(Arena arena, FileDescriptor descriptor, String module) {
        MemorySegment name = arena.allocate(NAME_SIZE);
        MemorySegment info = arena.allocate(INFO_SIZE, Long.BYTES);
        info.set(ValueLayout.JAVA_LONG, 16, name.address());
        info.set(ValueLayout.JAVA_INT, 24, NAME_SIZE);
        long result = ObjectInformation.tryRead(descriptor, info);
        // A name that does not fit is not the one looked for.
        return result >= 0
                && info.get(ValueLayout.JAVA_INT, 28) != 0
                && name.getString(0).equals(module);
    }

    @Override
    public void close() {
        for (FileDescriptor descriptor : descriptors.values()) {
            descriptor.close();
        }
        descriptors.clear();
    }
}
