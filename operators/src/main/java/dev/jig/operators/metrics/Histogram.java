// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

/** Counts in slots of which the first ends at 1 and each further one at twice the end of the one before. */
final class Histogram {
    private static final int BAR_WIDTH = 40;
    private static final int UNIT_WIDTH = 16;
    private static final int EDGE_WIDTH = 10;
    private static final int COUNT_WIDTH = 8;

    private final long[] counts;

    Histogram(int slots) {
        this.counts = new long[slots];
    }

    void add(int slot, long count) {
        counts[slot] += count;
    }

    /** Appends the slots as bars, the fullest one as wide as there is room. */
    void drawTo(StringBuilder text, String unit) {
        text.append("        ").append(unit).repeat(' ', UNIT_WIDTH - unit.codePointCount(0, unit.length()));
        text.append(" : count    distribution\n");
        long most = 1;
        for (long count : counts) {
            most = Math.max(most, count);
        }
        long start = 0;
        for (int slot = 0; slot < counts.length; slot++) {
            long end = 1L << slot;
            drawSlot(text, start, end, counts[slot], (int) (counts[slot] * BAR_WIDTH / most));
            start = end;
        }
    }

    private static void drawSlot(StringBuilder text, long start, long end, long count, int stars) {
        String from = Long.toString(start);
        String to = Long.toString(end);
        String number = Long.toString(count);
        text.repeat(' ', Math.max(0, EDGE_WIDTH - from.length())).append(from).append(" -> ");
        text.append(to).repeat(' ', Math.max(0, EDGE_WIDTH - to.length())).append(" : ");
        text.append(number)
                .repeat(' ', Math.max(0, COUNT_WIDTH - number.length()))
                .append(" |");
        text.repeat('*', stars).repeat(' ', BAR_WIDTH - stars).append("|\n");
    }
}
