// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.inventory.ProgramHolder;
import dev.jig.bpf.inventory.ProgramHolders;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.program.RunStatistics;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.RecordArray;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetCost;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetIdentity;
import dev.jig.gadget.GoDuration;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.operators.LoadedGadget;
import dev.jig.operators.RecordFields;
import dev.jig.operators.SampleSchedule;
import dev.jig.operators.SampledSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Remembers which programs belong to which gadget, and offers what programs cost to gadgets that ask for it ({@code
 * operator.ebpf.emitstats}).
 */
public final class BpfStatsOperator implements Operator {
    private static final String PREFIX = "operator.ebpf.";
    /** With those that make data sources, before those that add to them. */
    private static final int PRIORITY = -800;

    private static final Param INTERVAL =
            Param.of(PREFIX, "statistics-interval", ParamType.DURATION, "1000ms", "Time between two reports, above 0");
    private static final Param GADGETS_ONLY = Param.of(
            PREFIX, "gadgets-only", ParamType.BOOL, "false", "One row for each gadget, and none for other programs");
    private static final Param ALL = Param.of(
            PREFIX, "all", ParamType.BOOL, "false", "One row for each program, also of those that belong to no gadget");
    private static final Param ACCOUNTING = Param.of(
                    PREFIX,
                    "map-accounting",
                    ParamType.STRING,
                    "split",
                    "How to count maps that several share: in equal parts (split) or for each of them (upstream)")
            .withPossibleValues(List.of("split", "upstream"));

    private final GadgetRegistry registry;
    private final KernelTypes kernel;
    private final Path proc;
    private final String node;

    /**
     * @param registry shared by all runs of this process
     * @param proc where the process file system is mounted
     * @param node the name of this machine in a cluster, empty for none
     */
    public BpfStatsOperator(GadgetRegistry registry, KernelTypes kernel, Path proc, String node) {
        this.registry = registry;
        this.kernel = kernel;
        this.proc = proc;
        this.node = node;
    }

    @Override
    public String name() {
        return "ebpf";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        if (!context.configuration().isTrue("operator.ebpf.emitstats")) {
            return Optional.of(new Member());
        }
        DataSource source = context.register("bpfstats", DataSourceType.ARRAY);
        source.annotate("cli.clear-screen-before", "true");
        source.annotate("jig.metrics.complete", "true");
        RecordFields<Row> fields = BpfStatsFields.add(source, context.options().compat(), node);
        return Optional.of(new Reporter(source, fields));
    }

    /** A gadget that is counted. */
    private final class Member implements OperatorInstance {
        private Optional<GadgetMember> member = Optional.empty();

        @Override
        public void started(GadgetContext context) {
            member = context.find(LoadedGadget.KEY)
                    .map(loaded -> new GadgetMember(
                            context.find(GadgetIdentity.KEY).orElse(GadgetIdentity.NONE), context.imageName(), loaded));
            member.ifPresent(present -> {
                registry.add(present);
                context.put(GadgetCost.METER, new CostMeter(KernelView.RUNNING, present));
            });
        }

        @Override
        public void stop(GadgetContext context) {
            leave();
        }

        @Override
        public void close() {
            leave();
        }

        private void leave() {
            member.ifPresent(registry::remove);
            member = Optional.empty();
        }
    }

    /** The gadget that reports. */
    private final class Reporter implements OperatorInstance {
        private final DataSource source;
        private final RecordFields<Row> fields;
        private Optional<RunStatistics> statistics = Optional.empty();
        private Optional<SampledSource> sampled = Optional.empty();
        private Optional<Holders.Source> holders = Optional.empty();
        private long looks;
        private long nanoseconds;

        Reporter(DataSource source, RecordFields<Row> fields) {
            this.source = source;
            this.fields = fields;
        }

        @Override
        public List<Param> params() {
            return List.of(INTERVAL, GADGETS_ONLY, ALL, ACCOUNTING);
        }

        @Override
        public void preStart(GadgetContext context) {
            source.annotate("fetch-interval", context.value(INTERVAL));
        }

        @Override
        public void start(GadgetContext context) {
            Duration interval = GoDuration.parse(context.value(INTERVAL));
            if (!interval.isPositive()) {
                throw new GadgetException("--statistics-interval must be above 0, not " + context.value(INTERVAL));
            }
            boolean only = Boolean.parseBoolean(context.value(GADGETS_ONLY));
            boolean all = Boolean.parseBoolean(context.value(ALL));
            if (only && all) {
                throw new GadgetException("--all and --gadgets-only exclude each other");
            }
            boolean compat = context.options().compat();
            boolean consolidated = only || !all && !compat;
            enable(context);
            Holders.Source asked = consolidated ? new NoHolders() : holders(context);
            holders = Optional.of(asked);
            MapMemory memory = new MapMemory(
                    KernelView.RUNNING, !compat && context.value(ACCOUNTING).equals("split"));
            BpfStatsSampler sampler =
                    new BpfStatsSampler(KernelView.RUNNING, registry, asked, memory, fields, consolidated, compat);
            sampled = Optional.of(new SampledSource(
                    source,
                    new SampleSchedule(interval, Duration.ZERO, 0),
                    (array, seconds) -> measured(sampler, array, seconds)));
        }

        private void measured(BpfStatsSampler sampler, RecordArray array, double seconds) {
            long start = System.nanoTime();
            sampler.sample(array, seconds);
            looks++;
            nanoseconds += System.nanoTime() - start;
        }

        /** The kernel counts as long as a descriptor is open, so that it stops after a crash, too. */
        private void enable(GadgetContext context) {
            try {
                statistics = Optional.of(RunStatistics.enable());
            } catch (BpfException refused) {
                context.log()
                        .warn("the kernel does not count the time of programs (" + refused.getMessage()
                                + "): times and runs are 0, unless \"sysctl kernel.bpf_stats_enabled=1\" has it count");
            }
        }

        private Holders.Source holders(GadgetContext context) {
            try {
                ProgramHolders iterator = ProgramHolders.open(kernel.running().kernel());
                return new IteratorHolders(iterator);
            } catch (BpfException refused) {
                context.log().debug("looking for the holders of programs in " + proc + ": " + refused.getMessage());
                return new ProcHolders(proc);
            }
        }

        @Override
        public void started(GadgetContext context) {
            sampled.ifPresent(running -> running.started(context));
        }

        @Override
        public void stop(GadgetContext context) {
            sampled.ifPresent(running -> running.stop(context));
            if (looks > 0) {
                context.log()
                        .debug("bpfstats: " + looks + " looks, "
                                + GoDuration.text(Duration.ofNanos(nanoseconds / looks)) + " each");
            }
        }

        @Override
        public void close() {
            statistics.ifPresent(RunStatistics::close);
            statistics = Optional.empty();
            holders.ifPresent(Holders.Source::close);
            holders = Optional.empty();
        }
    }

    private record IteratorHolders(ProgramHolders iterator) implements Holders.Source {
        @Override
        public List<ProgramHolder> get() {
            return iterator.read();
        }

        @Override
        public void close() {
            iterator.close();
        }
    }

    /** Gadgets are not held by others. */
    private record NoHolders() implements Holders.Source {
        @Override
        public List<ProgramHolder> get() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
