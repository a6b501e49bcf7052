// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The argument block of {@code bpf(2)}: {@code union bpf_attr}, zeroed, filled by offset.
 *
 * <p>The kernel accepts a block longer than it knows as long as the rest is zero ({@code bpf_check_uarg_tail_zero}),
 * so one size serves all kernels.
 */
public final class BpfAttribute {
    /** Bytes of the block: the size of {@code union bpf_attr} in Linux 6.9, the newest member used here. */
    private static final long SIZE = 152;

    /** {@code BPF_OBJ_NAME_LEN} less its NUL. */
    private static final int LONGEST_NAME = 15;

    private final Arena arena;
    private final MemorySegment memory;

    /**
     * @param arena owns the block and what {@link #pointer} copies; must live until the command was issued
     */
    public BpfAttribute(Arena arena) {
        this.arena = arena;
        this.memory = arena.allocate(SIZE, Long.BYTES);
    }

    /** Sets a 32-bit member. */
    public BpfAttribute u32(long offset, int value) {
        memory.set(ValueLayout.JAVA_INT, offset, value);
        return this;
    }

    /** Sets a 64-bit member. */
    public BpfAttribute u64(long offset, long value) {
        memory.set(ValueLayout.JAVA_LONG, offset, value);
        return this;
    }

    /** Sets a pointer to native memory; the empty segment becomes the null pointer. */
    public BpfAttribute pointer(long offset, MemorySegment target) {
        return u64(offset, target.byteSize() == 0 ? 0 : target.address());
    }

    /** Copies bytes to native memory and sets a pointer to them; no bytes become the null pointer. */
    public BpfAttribute pointer(long offset, byte[] content) {
        return pointer(offset, arena.allocateFrom(ValueLayout.JAVA_BYTE, content));
    }

    /** Copies a text, NUL-terminated, and sets a pointer to it. */
    public BpfAttribute text(long offset, String content) {
        return pointer(offset, arena.allocateFrom(content));
    }

    /** Sets an object name, cut to 15 bytes; characters that the kernel refuses become underscores. */
    public BpfAttribute name(long offset, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(bytes.length, LONGEST_NAME);
        for (int i = 0; i < length; i++) {
            memory.set(ValueLayout.JAVA_BYTE, offset + i, isNameByte(bytes[i]) ? bytes[i] : (byte) '_');
        }
        return this;
    }

    /** The value of a 32-bit member, which some commands write back. */
    public int u32(long offset) {
        return memory.get(ValueLayout.JAVA_INT, offset);
    }

    MemorySegment memory() {
        return memory;
    }

    /** {@code bpf_obj_name_cpy}: letters, digits, underscore and dot. */
    private static boolean isNameByte(byte b) {
        return b > 0 && (Character.isLetterOrDigit(b) || b == '_' || b == '.');
    }
}
