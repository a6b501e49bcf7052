// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

/**
 * What is shown of a program or a gadget.
 *
 * @param program 0 for a gadget
 * @param name empty for a gadget
 * @param type empty for a gadget
 * @param runTime nanoseconds since the last look
 * @param runs since the last look
 * @param totalTime nanoseconds since the programs were loaded, as far as somebody had the kernel count
 * @param seconds since the last look
 * @param mapMemory bytes
 * @param comms processes that hold the program
 * @param pids theirs, in the same order
 */
record Row(
        GadgetPrograms gadget,
        int program,
        String name,
        String type,
        long runTime,
        long runs,
        long totalTime,
        double seconds,
        long mapMemory,
        long mapCount,
        String comms,
        String pids) {
    private static final double NANOSECONDS = 1e9;
    private static final int PERCENT = 100;

    /** In percent of one processor. */
    double processorUse() {
        return seconds <= 0 ? 0 : runTime / NANOSECONDS / seconds * PERCENT;
    }
}
