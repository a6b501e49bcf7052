// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.bpf.load.RunningKernelTypes;
import dev.jig.gadget.Operator;
import dev.jig.image.OciOperator;
import dev.jig.operators.aggregate.AggregateOperator;
import dev.jig.operators.bpfstats.BpfStatsOperator;
import dev.jig.operators.containers.LocalManager;
import dev.jig.operators.ebpf.Buffers;
import dev.jig.operators.ebpf.EbpfOperator;
import dev.jig.operators.filter.FilterOperator;
import dev.jig.operators.formatters.FormattersOperator;
import dev.jig.operators.ids.UidGidResolver;
import dev.jig.operators.limiter.LimiterOperator;
import dev.jig.operators.metrics.MetricsOperator;
import dev.jig.operators.otellogs.OtelLogsOperator;
import dev.jig.operators.samples.CgroupOperator;
import dev.jig.operators.samples.ProcessOperator;
import dev.jig.operators.sort.SortOperator;
import dev.jig.operators.ustack.UserStackOperator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operators that take part in every run on this machine. */
public final class LocalOperators {
    private static final Path PROC = Path.of("/proc");

    private LocalOperators() {}

    /** All of them, and further ones, for instance one that prints. */
    public static List<Operator> with(Locations locations, Operator... further) {
        return with(locations, Buffers.AUTOMATIC, new SharedState(), further);
    }

    /** As {@link #with(Locations, Operator...)}, with a say in how records come from the kernel, and what runs share. */
    public static List<Operator> with(Locations locations, Buffers buffers, SharedState shared, Operator... further) {
        RunningKernelTypes kernel = new RunningKernelTypes(locations.cache());
        List<Operator> operators = new ArrayList<>(List.of(
                new OciOperator(locations.source(), locations.gate(), List.of(new EbpfOperator(kernel, buffers))),
                new BpfStatsOperator(shared.gadgets(), kernel, PROC, node()),
                new ProcessOperator(PROC),
                new CgroupOperator(PROC)));
        operators.addAll(derivingWith(shared, further));
        return operators;
    }

    /** Those that make something of records, wherever these come from, and further ones. */
    static List<Operator> derivingWith(SharedState shared, Operator... further) {
        List<Operator> operators = new ArrayList<>(List.of(
                new LocalManager(),
                new FormattersOperator(),
                new UidGidResolver(Path.of("/etc")),
                new UserStackOperator(),
                new MetricsOperator(shared.metrics()),
                new OtelLogsOperator()));
        operators.addAll(choosingWith(further));
        return operators;
    }

    /** Those that let users choose among records, and further ones. */
    static List<Operator> choosingWith(Operator... further) {
        List<Operator> operators = new ArrayList<>(
                List.of(new FilterOperator(), new AggregateOperator(), new SortOperator(), new LimiterOperator()));
        operators.addAll(List.of(further));
        return operators;
    }

    /** The name of this machine in a cluster. */
    private static String node() {
        return Optional.ofNullable(System.getenv("NODE_NAME")).orElse("");
    }
}
