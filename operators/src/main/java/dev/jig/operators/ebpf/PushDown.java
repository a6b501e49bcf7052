// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.InstructionException;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Reference;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.filter.AllOf;
import dev.jig.datasource.filter.Condition;
import dev.jig.datasource.filter.Fixed;
import dev.jig.gadget.Explanation;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Log;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.operators.RecordFilters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has programs refuse records that no filter would let through, where they send them. What the kernel cannot decide, or does not take, is
 * decided in user space only, where each record is looked at anyway.
 */
final class PushDown {
    static final Param PUSH_DOWN = Param.of(
                    EbpfOperator.PREFIX,
                    "pushdown",
                    ParamType.BOOL,
                    "true",
                    "Let the kernel decide about filters as far as it can, so that unwanted events cost less")
            .withTitle("Push down", "advanced", "group:eBPF");

    /** No filters. */
    static final PushDown NONE = new PushDown(Map.of(), false, Log.NONE);

    private static final String KERNEL = "kernel";
    private static final String USER_SPACE = "user space";

    private final Map<String, Condition> filters;
    private final boolean wanted;
    private final Log log;
    /** By the map that records go to. */
    private final Map<String, Target> targets = new LinkedHashMap<>();

    private PushDown(Map<String, Condition> filters, boolean wanted, Log log) {
        this.filters = filters;
        this.wanted = wanted;
        this.log = log;
    }

    /** The filter of one data source, and what became of it. */
    private static final class Target {
        private final DataSource source;
        private final KernelCondition kernel;
        private final Condition condition;
        private final Set<String> programs = new LinkedHashSet<>();
        private final Map<String, String> refusals = new LinkedHashMap<>();

        Target(TracerFeed feed, Condition whole) {
            this.source = feed.source();
            this.kernel = new KernelCondition(feed.container());
            this.condition = kernel.of(whole);
        }
    }

    /** The filters of a run, for those of its data sources that programs send records to. */
    static PushDown of(GadgetContext context, List<TracerFeed> tracers) {
        Map<String, Condition> filters =
                context.find(RecordFilters.KEY).map(RecordFilters::conditions).orElse(Map.of());
        boolean wanted = !context.value(PUSH_DOWN).equals("false");
        PushDown pushDown = new PushDown(filters, wanted, context.log());
        Set<String> seen = new HashSet<>();
        for (TracerFeed tracer : wanted ? tracers : List.<TracerFeed>of()) {
            Condition condition = filters.get(tracer.source().name());
            if (!seen.add(tracer.map())) {
                // Which of two data sources a record is for is not known where it is sent.
                pushDown.targets.remove(tracer.map());
            } else if (condition != null) {
                pushDown.targets.put(tracer.map(), new Target(tracer, condition));
            }
        }
        return pushDown;
    }

    /** Has the loader change the programs. */
    void adjust(ObjectLoader loader) {
        targets.values().removeIf(target -> target.condition instanceof Fixed);
        if (targets.isEmpty()) {
            return;
        }
        Map<String, Target> changed = new HashMap<>();
        loader.rewrite(
                program -> {
                    Optional<Target> target = target(program, loader);
                    target.ifPresent(known -> changed.put(program.name(), known));
                    return target.map(known -> filter(program, known)).orElse(program);
                },
                (program, refused) -> {
                    Target target = changed.get(program.name());
                    if (target != null) {
                        refuse(target, program.name(), firstLine(String.valueOf(refused.getMessage())));
                    }
                });
    }

    /** The data source whose records a program sends, if it is known and filtered. */
    private Optional<Target> target(LinkedProgram program, ObjectLoader loader) {
        Set<String> buffers = new HashSet<>();
        for (Reference reference : program.references()) {
            if (reference instanceof Reference.ToMap use
                    && isBuffer(loader.spec(use.map()).type())) {
                buffers.add(use.map());
            }
        }
        if (buffers.size() == 1) {
            return Optional.ofNullable(targets.get(buffers.iterator().next()));
        }
        for (String buffer : buffers) {
            Target target = targets.get(buffer);
            if (target != null) {
                refuse(target, program.name(), "it sends records to several buffers");
            }
        }
        return Optional.empty();
    }

    private static boolean isBuffer(int type) {
        return MapType.isRing(type) || type == MapType.PERF_EVENT_ARRAY;
    }

    private LinkedProgram filter(LinkedProgram program, Target target) {
        List<OutputSite> sites = OutputSite.find(program.code());
        if (sites.isEmpty()) {
            return program;
        }
        try {
            LinkedProgram filtered = program;
            // From the last one on: what is inserted moves what is behind it.
            for (OutputSite site : sites.reversed()) {
                Bytecode code = FilterCode.of(target.condition, site);
                filtered = filtered.insertBefore(site.slot(), code);
            }
            target.programs.add(program.name());
            return filtered;
        } catch (InstructionException tooLarge) {
            refuse(target, program.name(), String.valueOf(tooLarge.getMessage()));
            return program;
        }
    }

    private void refuse(Target target, String program, String reason) {
        target.programs.remove(program);
        target.refusals.put(program, reason);
        log.info("program \"" + program + "\" cannot filter events in the kernel, so they are filtered later: "
                + reason);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Which part of each filter runs where; nothing when there are none. */
    Optional<Explanation> explain() {
        List<Map<String, Object>> rows = new ArrayList<>();
        filters.forEach((source, condition) -> {
            Optional<Target> target = targets.values().stream()
                    .filter(known -> known.source.name().equals(source))
                    .findFirst();
            List<Condition> parts = condition instanceof AllOf all ? all.parts() : List.of(condition);
            parts.forEach(part -> rows.add(row(source, part, target)));
            target.ifPresent(known -> known.refusals.forEach((program, reason) -> {
                Map<String, Object> row = row(source, known.condition, USER_SPACE);
                row.put("programs", List.of(program));
                row.put("reason", reason);
                rows.add(row);
            }));
        });
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Explanation(
                        "filter", List.of("data source", "condition", "where", "programs", "reason"), rows));
    }

    private static Map<String, Object> row(String source, Condition condition, String where) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("data source", source);
        row.put("condition", condition.describe());
        row.put("where", where);
        return row;
    }

    private Map<String, Object> row(String source, Condition part, Optional<Target> target) {
        if (target.isEmpty()) {
            Map<String, Object> row = row(source, part, USER_SPACE);
            row.put("reason", wanted ? "nothing that the kernel could decide" : "pushing down is switched off");
            return row;
        }
        Condition inKernel = target.get().kernel.of(part);
        if (inKernel instanceof Fixed || target.get().programs.isEmpty()) {
            Map<String, Object> row = row(source, part, USER_SPACE);
            row.put("reason", "needs more than a look at raw bytes");
            return row;
        }
        boolean whole = inKernel.equals(part);
        Map<String, Object> row = row(source, part, whole ? KERNEL : KERNEL + " and " + USER_SPACE);
        row.put("programs", List.copyOf(target.get().programs));
        if (!whole) {
            row.put("reason", "the kernel looks at: " + inKernel.describe());
        }
        return row;
    }
}
