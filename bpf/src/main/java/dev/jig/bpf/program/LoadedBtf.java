// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.program;

import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Type information of a program or map, loaded into the kernel. */
public final class LoadedBtf implements AutoCloseable {
    private static final int LOG_SIZE = 1 << 20;

    private final FileDescriptor descriptor;

    private LoadedBtf(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Loads a blob with {@code BPF_BTF_LOAD}.
     *
     * @throws SystemCallException when the kernel refuses, for instance a kind that it does not know
     */
    public static LoadedBtf load(byte[] blob, String name) {
        try (Arena arena = Arena.ofConfined()) {
            long result = BpfCommand.BPF_BTF_LOAD.tryCall(attribute(arena, blob));
            if (result < 0) {
                throw new SystemCallException("load the BTF of " + name, Errno.of((int) -result), reason(blob));
            }
            return new LoadedBtf(FileDescriptor.own(result, "BTF of " + name));
        }
    }

    /** The last line of what the kernel says when it is asked again; empty when it says nothing. */
    private static String reason(byte[] blob) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment log = arena.allocate(LOG_SIZE);
            BpfAttribute attribute =
                    attribute(arena, blob).pointer(8, log).u32(20, LOG_SIZE).u32(24, 1);
            long result = BpfCommand.BPF_BTF_LOAD.tryCall(attribute);
            if (result >= 0) {
                FileDescriptor.own(result, "BTF").close();
            }
            String text = log.getString(0).strip();
            return text.substring(text.lastIndexOf('\n') + 1);
        }
    }

    /** Whether this kernel accepts the blob. */
    public static boolean isAccepted(byte[] blob) {
        try (Arena arena = Arena.ofConfined()) {
            long result = BpfCommand.BPF_BTF_LOAD.tryCall(attribute(arena, blob));
            if (result >= 0) {
                FileDescriptor.own(result, "BTF").close();
            }
            return result >= 0;
        }
    }

    private static BpfAttribute attribute(Arena arena, byte[] blob) {
        return new BpfAttribute(arena)
                .pointer(0, arena.allocateFrom(ValueLayout.JAVA_BYTE, blob))
                .u32(16, blob.length);
    }

    /** The descriptor, owned by this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
