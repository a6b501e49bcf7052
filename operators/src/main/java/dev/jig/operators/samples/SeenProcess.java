// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

/**
 * A process as it was seen.
 *
 * @param ticks of processor time since it was seen before; 0 when it was not
 * @param seconds since the last look
 */
record SeenProcess(
        MachineFacts machine,
        int pid,
        ProcStatus status,
        ProcStat stat,
        long mountNamespace,
        long ticks,
        double seconds) {
    private static final int PERCENT = 100;
    private static final int MILLISECONDS = 1000;
    private static final int SECONDS = 60;

    /** Percent of one processor. */
    double processorUse() {
        return seconds == 0 ? 0 : ticks / (double) machine.ticksPerSecond() / seconds * PERCENT;
    }

    /** Percent of all processors. */
    double relativeProcessorUse() {
        return processorUse() / machine.processors();
    }

    /** Percent of the machine's memory. */
    double relativeMemory() {
        return machine.memory() == 0 ? 0 : PERCENT * (double) status.resident() / machine.memory();
    }

    /** RFC 3339, in the local time zone. */
    String startTime() {
        return machine.timeOf(stat.start());
    }

    /** Minutes, seconds and milliseconds: {@code 1:02.345}. */
    String processorTime() {
        long milliseconds = stat.busy() * MILLISECONDS / machine.ticksPerSecond();
        long seconds = milliseconds / MILLISECONDS;
        StringBuilder text = new StringBuilder().append(seconds / SECONDS).append(':');
        pad(text, seconds % SECONDS, 2);
        text.append('.');
        pad(text, milliseconds % MILLISECONDS, 3);
        return text.toString();
    }

    private static void pad(StringBuilder text, long number, int digits) {
        String written = String.valueOf(number);
        text.repeat('0', digits - written.length()).append(written);
    }
}
