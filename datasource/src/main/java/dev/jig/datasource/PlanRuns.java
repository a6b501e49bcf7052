// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds steps of a plan that stand in a row and depend on the same few bytes; see {@link PlanStep.Run}. */
final class PlanRuns {
    /** Steps below which comparing costs more than it saves. */
    private static final int SHORTEST = 3;

    /** Bytes that are compared at most. */
    private static final int WIDEST = 128;

    private final List<PlanStep> result = new ArrayList<>();
    private final List<PlanStep> pending = new ArrayList<>();
    private int from;
    private int end;

    private PlanRuns() {}

    /** The same steps, with runs in place of those that can be one. */
    static List<PlanStep> group(List<PlanStep> steps) {
        PlanRuns runs = new PlanRuns();
        for (PlanStep step : steps) {
            runs.add(step);
        }
        runs.flush();
        return runs.result;
    }

    private void add(PlanStep step) {
        Optional<Field> raw = step.rawField();
        if (raw.isEmpty()) {
            flush();
            result.add(step);
            return;
        }
        int start = raw.get().offset();
        int stop = start + raw.get().size();
        boolean fits = !pending.isEmpty() && Math.max(end, stop) - Math.min(from, start) <= WIDEST;
        if (!fits) {
            flush();
            from = start;
            end = stop;
        }
        pending.add(step);
        from = Math.min(from, start);
        end = Math.max(end, stop);
    }

    private void flush() {
        boolean worthIt = pending.size() >= SHORTEST && end - from <= WIDEST;
        if (worthIt) {
            result.add(new PlanStep.Run(pending, from, end - from));
        } else {
            result.addAll(pending);
        }
        pending.clear();
    }
}
