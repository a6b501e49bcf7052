// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.operators.SampleSchedule;
import dev.jig.operators.SampledSource;
import dev.jig.operators.Sampler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Offers control groups with limited processor time to gadgets that ask for them ({@code operator.cgroup.emitstats}). */
public final class CgroupOperator implements Operator {
    private static final int PRIORITY = -900;
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Path proc;

    /**
     * @param proc where the process file system is mounted
     */
    public CgroupOperator(Path proc) {
        this.proc = proc;
    }

    @Override
    public String name() {
        return "cgroup";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        Configuration metadata = context.configuration();
        if (!metadata.isTrue("operator.cgroup.emitstats")) {
            return Optional.empty();
        }
        SampleSchedule schedule = SampleSchedule.of(metadata, name(), INTERVAL);
        DataSource source = context.register("cgroups", DataSourceType.ARRAY);
        source.annotate(
                "fetch-interval", metadata.text("operator.cgroup.interval").orElse("5s"));
        CgroupFields fields = CgroupFields.add(source);
        Sampler sampler = new CgroupSampler(proc, CpuHierarchy.find(proc), fields);
        return Optional.of(new SampledSource(source, schedule, sampler));
    }
}
