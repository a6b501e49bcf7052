// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** Pages mapped with {@code mmap(2)}; the memory must not be touched after {@link #close()}. */
public final class Mapping implements AutoCloseable {
    /** Size of a page in bytes, as the kernel's ring buffer uses it. */
    public static final int PAGE_SIZE = AuxiliaryVector.pageSize();

    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;

    private final MemorySegment memory;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Mapping(MemorySegment memory) {
        this.memory = memory;
    }

    /** Maps {@code size} bytes of a descriptor read-only. */
    public static Mapping readOnly(FileDescriptor file, long offset, long size) {
        return map(file, offset, size, PROT_READ);
    }

    /** Maps {@code size} bytes of a descriptor for reading and writing. */
    public static Mapping readWrite(FileDescriptor file, long offset, long size) {
        return map(file, offset, size, PROT_READ | PROT_WRITE);
    }

    private static Mapping map(FileDescriptor file, long offset, long size, int protection) {
        long address = Kernel.call(SystemCall.MMAP, 0, size, protection, MAP_SHARED, file.number(), offset);
        Kernel.check(address, "mmap " + file + " (" + size + " bytes)");
        return new Mapping(MemorySegment.ofAddress(address).reinterpret(size));
    }

    /** The mapped memory, owned by this mapping. */
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            Kernel.call(SystemCall.MUNMAP, memory.address(), memory.byteSize(), 0);
        }
    }
}
