// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.inventory.ProgramFacts;
import dev.jig.bpf.program.RunStatistics;
import dev.jig.gadget.GadgetCost;
import dev.jig.gadget.GadgetException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Measures one gadget. The kernel counts only meanwhile, for counting slows every program of the machine down. */
final class CostMeter implements GadgetCost.Meter {
    private final KernelView kernel;
    private final GadgetMember member;

    CostMeter(KernelView kernel, GadgetMember member) {
        this.kernel = kernel;
        this.member = member;
    }

    @Override
    public GadgetCost measure(Duration period) {
        GadgetPrograms gadget = member.programs().orElse(GadgetPrograms.NONE);
        try {
            MapMemory memory = new MapMemory(kernel, true);
            memory.begin(List.of(gadget.maps()), gadget.perfBuffers());
            Counted counted = counted(gadget, period);
            return new GadgetCost(
                    gadget.programs().size(),
                    gadget.maps().size(),
                    memory.of(gadget.maps()),
                    counted.runs,
                    Duration.ofNanos(counted.nanoseconds),
                    counted.period);
        } catch (BpfException refused) {
            throw new GadgetException("the kernel does not tell what the gadget costs: " + refused.getMessage());
        }
    }

    private record Counted(long runs, long nanoseconds, Duration period) {}

    private Counted counted(GadgetPrograms gadget, Duration period) {
        try (RunStatistics _ = RunStatistics.enable()) {
            Counted before = sum(gadget);
            long start = System.nanoTime();
            Thread.sleep(period);
            Counted after = sum(gadget);
            return new Counted(
                    after.runs - before.runs,
                    after.nanoseconds - before.nanoseconds,
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (BpfException refused) {
            return new Counted(0, 0, Duration.ZERO);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Counted(0, 0, Duration.ZERO);
        }
    }

    private Counted sum(GadgetPrograms gadget) {
        long runs = 0;
        long nanoseconds = 0;
        for (int id : gadget.programs()) {
            Optional<ProgramFacts> program = kernel.program(id);
            runs += program.map(ProgramFacts::runs).orElse(0L);
            nanoseconds += program.map(ProgramFacts::runTime).orElse(0L);
        }
        return new Counted(runs, nanoseconds, Duration.ZERO);
    }
}
