// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PerfCounterTest {
    @Test
    void shouldFindCountersByTheKernelsNames() {
        for (PerfCounter counter : PerfCounter.values()) {
            assertThat(PerfCounter.named(counter.kernelName())).contains(counter);
        }
        assertThat(PerfCounter.named("perf_count_sw_cpu_clock")).contains(PerfCounter.SW_CPU_CLOCK);
        assertThat(PerfCounter.named("perf_count_hw_nosuch")).isEmpty();
        assertThat(PerfCounter.named("sw_cpu_clock")).isEmpty();
        assertThat(PerfCounter.HW_CPU_CYCLES.isHardware()).isTrue();
        assertThat(PerfCounter.SW_CPU_CLOCK.isHardware()).isFalse();
    }

    @Test
    void shouldRefuseToSampleNever() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PerfSampling.Frequency(0))
                .withMessage("a frequency of 0 is not greater than 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new PerfSampling.Period(-1));
    }
}
