// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import dev.jig.bpf.sys.SystemCallException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files as memory: mapped where the kernel can, else read. Mappings stay until the process ends, as what is read from them does. */
final class MappedFile {
    private static final int PROT_READ = 1;
    private static final int MAP_PRIVATE = 2;
    private static final int O_RDONLY = 0;

    private MappedFile() {}

    /**
     * The contents of a file. {@code /sys/kernel/btf/vmlinux} can be mapped from Linux 6.16 on, and only privately (kernel: {@code
     * kernel/bpf/sysfs_btf.c}).
     */
    static ByteBuffer open(Path file) {
        try {
            long size = Files.size(file);
            if (size > 0 && size <= Integer.MAX_VALUE) {
                long address = map(file, size);
                if (address > 0) {
                    return MemorySegment.ofAddress(address)
                            .reinterpret(size)
                            .asByteBuffer()
                            .asReadOnlyBuffer();
                }
            }
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new BtfException("cannot read " + file + ": " + e, e);
        }
    }

    private static long map(Path file, long size) {
        try (FileDescriptor descriptor = FileDescriptor.open(file.toString(), O_RDONLY)) {
            return Kernel.call(SystemCall.MMAP, 0, size, PROT_READ, MAP_PRIVATE, descriptor.number(), 0);
        } catch (SystemCallException e) {
            // Reading will fail too, and say why in its own words.
            return -1;
        }
    }
}
