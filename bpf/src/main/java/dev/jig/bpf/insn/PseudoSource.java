// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

/** Meanings of the source register in 64-bit immediate loads and calls (kernel: {@code include/uapi/linux/bpf.h}, {@code BPF_PSEUDO_*}). */
public final class PseudoSource {
    /** The immediate is a map's file descriptor. */
    public static final int MAP_FD = 1;
    /** The immediate is a map's file descriptor, the second immediate an offset in its only value. */
    public static final int MAP_VALUE = 2;
    /** The immediate is the BTF id of a kernel variable, the second the file descriptor of its BTF. */
    public static final int BTF_ID = 3;
    /** The immediate is the distance to a function in this program. */
    public static final int FUNCTION = 4;
    /** The immediate is an index in the array of file descriptors. */
    public static final int MAP_INDEX = 5;
    /** As {@link #MAP_VALUE} with an index. */
    public static final int MAP_INDEX_VALUE = 6;

    /** Call: the immediate is the distance to a function in this program. */
    public static final int CALL = 1;
    /** Call: the immediate is the BTF id of a kernel function, the offset says whose BTF. */
    public static final int KERNEL_FUNCTION_CALL = 2;

    private PseudoSource() {}
}
