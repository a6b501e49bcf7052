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
import java.util.List;
import java.util.Optional;

/** Offers the processes of the machine to gadgets that ask for them ({@code operator.process.emitstats}). */
public final class ProcessOperator implements Operator {
    private static final int PRIORITY = -1000;
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    private final Path proc;

    /**
     * @param proc where the process file system is mounted
     */
    public ProcessOperator(Path proc) {
        this.proc = proc;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        Configuration metadata = context.configuration();
        if (!metadata.isTrue("operator.process.emitstats")) {
            return Optional.empty();
        }
        SampleSchedule schedule = SampleSchedule.of(metadata, name(), INTERVAL);
        DataSource source = context.register("processes", DataSourceType.ARRAY);
        source.annotate(
                "fetch-interval", metadata.text("operator.process.interval").orElse("60s"));
        List<String> chosen = metadata.texts("operator.process.fields");
        ProcessFields fields = ProcessFields.add(source, chosen.isEmpty() ? ProcessFields.ALL : chosen);
        Sampler sampler = new ProcessSampler(proc, MachineFacts.read(proc), fields);
        return Optional.of(new SampledSource(source, schedule, sampler));
    }
}
