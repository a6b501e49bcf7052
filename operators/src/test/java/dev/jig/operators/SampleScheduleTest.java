// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SampleScheduleTest {
    private static SampleSchedule schedule(String settings) {
        Configuration metadata = Configuration.parse("operator: {process: {" + settings + "}}", "test");
        return SampleSchedule.of(metadata, "process", Duration.ofSeconds(60));
    }

    @Test
    void shouldReadSettings() {
        assertThat(schedule("interval: 3s, first-interval: 250ms, count: 2"))
                .isEqualTo(new SampleSchedule(Duration.ofSeconds(3), Duration.ofMillis(250), 2));
    }

    @Test
    void shouldKnowDefaults() {
        assertThat(schedule("interval: ''")).isEqualTo(new SampleSchedule(Duration.ofSeconds(60), Duration.ZERO, 0));
    }

    @Test
    void shouldRefuseWhatIsNoTime() {
        for (String wrong : new String[] {"interval: 0s", "interval: -1s", "interval: x", "count: -1", "count: x"}) {
            assertThatThrownBy(() -> schedule(wrong))
                    .as(wrong)
                    .isInstanceOf(GadgetException.class)
                    .hasMessageStartingWith("operator.process.");
        }
    }
}
