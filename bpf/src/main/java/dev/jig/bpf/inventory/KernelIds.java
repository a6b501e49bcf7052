// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.stream.IntStream;

/** The numbers that the kernel gives to its objects; ascending, and not used again soon. */
final class KernelIds {
    private KernelIds() {}

    /** All ids of a kind, ascending. */
    static int[] all(BpfCommand next) {
        IntStream.Builder found = IntStream.builder();
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = new BpfAttribute(arena);
            while (true) {
                long result = next.tryCall(attribute);
                if (result == -Errno.ENOENT.number()) {
                    return found.build().toArray();
                }
                Kernel.check(result, next.name());
                int id = attribute.u32(4);
                found.add(id);
                attribute.u32(0, id);
            }
        }
    }

    /** Opens an object, nothing if it is gone. */
    static Optional<FileDescriptor> open(BpfCommand open, int id, String description) {
        try (Arena arena = Arena.ofConfined()) {
            long result = open.tryCall(new BpfAttribute(arena).u32(0, id));
            if (result == -Errno.ENOENT.number()) {
                return Optional.empty();
            }
            return Optional.of(FileDescriptor.own(Kernel.check(result, open.name() + " " + description), description));
        }
    }
}
