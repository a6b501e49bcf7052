// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.link.PerfCounter;
import dev.jig.bpf.link.PerfEvents;
import dev.jig.bpf.link.PerfSampling;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.Log;
import java.util.Optional;

/** Attaches programs that sample, as the metadata says below {@code programs.NAME}. */
final class Sampler {
    private static final PerfSampling INSTEAD_OF_PERIOD = new PerfSampling.Frequency(49);

    private final Configuration configuration;
    private final Log log;

    Sampler(Configuration configuration, Log log) {
        this.configuration = configuration;
        this.log = log;
    }

    /**
     * Attaches to all processors.
     *
     * @param name what follows the slash in the program's section
     * @throws BpfException when the metadata is not complete, or the kernel refuses
     */
    Link attach(BpfProgram program, String name) {
        String type = required(name, "perf.type");
        if (!type.equals("software") && !type.equals("hardware")) {
            throw new BpfException("unsupported perf.type \"" + type + "\"");
        }
        String config = required(name, "perf.config");
        PerfCounter counter = PerfCounter.named("perf_" + config)
                .filter(found -> found.isHardware() == type.equals("hardware"))
                .orElseThrow(() -> new BpfException("unsupported perf.config \"" + config + "\""));
        String sampleType = required(name, "perf.sampletype");
        if (!sampleType.equals("sample_raw")) {
            throw new BpfException("unsupported perf.sampleType \"" + sampleType + "\"");
        }
        PerfSampling sampling = sampling(name);
        try {
            return PerfEvents.ofProcessors(program, counter, sampling);
        } catch (SystemCallException refused) {
            if (!counter.isHardware() || !isAbsent(refused.errno())) {
                throw refused;
            }
            log.warn("no hardware counters on this machine; sampling by clock");
            return PerfEvents.ofProcessors(
                    program,
                    PerfCounter.SW_CPU_CLOCK,
                    sampling instanceof PerfSampling.Frequency ? sampling : INSTEAD_OF_PERIOD);
        }
    }

    private static boolean isAbsent(Errno errno) {
        return errno.equals(Errno.ENOENT) || errno.equals(Errno.EOPNOTSUPP);
    }

    private PerfSampling sampling(String name) {
        Optional<String> frequency = value(name, "sampler.frequency");
        Optional<String> period = value(name, "sampler.period");
        if (period.isPresent() && frequency.isEmpty()) {
            return new PerfSampling.Period(positive(period.get(), "sampler.period"));
        }
        return new PerfSampling.Frequency(positive(required(name, "sampler.frequency"), "sampler.frequency"));
    }

    private static long positive(String text, String key) {
        try {
            long value = Long.parseLong(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException malformed) {
            throw new BpfException(key + " must be a number greater than 0, not \"" + text + "\"", malformed);
        }
        throw new BpfException(key + " must be a number greater than 0, not \"" + text + "\"");
    }

    private String required(String name, String key) {
        return value(name, key)
                .orElseThrow(() -> new BpfException(key + " not specified for program \"" + name + "\""));
    }

    private Optional<String> value(String name, String key) {
        return configuration.text("programs." + name + "." + key);
    }
}
