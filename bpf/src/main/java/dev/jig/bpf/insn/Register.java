// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

/** Numbers of registers. */
public final class Register {
    /** Return value. */
    public static final int R0 = 0;
    /** First argument; the context at the start of a program. */
    public static final int R1 = 1;

    public static final int R2 = 2;
    public static final int R3 = 3;
    public static final int R4 = 4;
    public static final int R5 = 5;
    /** First of those that calls preserve. */
    public static final int R6 = 6;

    public static final int R7 = 7;
    public static final int R8 = 8;
    public static final int R9 = 9;
    /** The read-only frame pointer; the stack lies below it. */
    public static final int R10 = 10;

    private Register() {}
}
