// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;

/**
 * How one record becomes JSON or YAML: steps that each append fixed bytes and one value, and fixed bytes at the end.
 *
 * <p>Room for everything of bounded size is made once per record, and the address to write to is carried from step to step in a
 * register: going through the buffer's fields for each of some sixty appends would double the time.
 */
final class Plan {
    private static final int LONGEST_NUMBER = 24;

    private final PlanStep[] steps;
    private final Utf8Literal tail;
    private final int room;

    Plan(List<PlanStep> steps, Utf8Literal tail) {
        List<PlanStep> grouped = PlanRuns.group(steps);
        this.steps = grouped.toArray(new PlanStep[0]);
        this.tail = tail;
        this.room = roomFor(grouped) + tail.length();
    }

    private static int roomFor(List<PlanStep> steps) {
        int room = 0;
        for (PlanStep step : steps) {
            room += step.before.length() + LONGEST_NUMBER;
        }
        return room;
    }

    void write(Record record, Utf8Buffer out) {
        out.ensure(room);
        long end = out.end();
        for (PlanStep step : steps) {
            end = step.before.put(end);
            if (step instanceof PlanStep.Signed number) {
                end = Decimal.writeSigned(number.reader.read(record), end);
            } else if (step instanceof PlanStep.Unsigned number) {
                end = Decimal.write(number.reader.read(record), end);
            } else {
                out.setEnd(end);
                step.write(record, out);
                out.ensure(room);
                end = out.end();
            }
        }
        out.setEnd(tail.put(end));
    }

    void close() {
        for (PlanStep step : steps) {
            step.close();
        }
    }
}
