// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackLossesTest {
    private static final int EFAULT = 14;
    private static final int EEXIST = 17;

    private final List<String> told = new ArrayList<>();
    private final StackLosses losses =
            new StackLosses("stacks of x", "ig_kstack", (level, message) -> told.add(message));

    @Test
    void shouldCountWhatFoundNoPlace() {
        assertThat(losses.isStack(5)).isTrue();
        assertThat(losses.isStack(-EEXIST)).isFalse();
        assertThat(losses.isStack(-EEXIST)).isFalse();
        losses.report();

        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).contains("--map-size ig_kstack=N");
        assertThat(told.getLast()).startsWith("2 of the stacks of x were lost");
    }

    @Test
    void shouldNotCountThatThereWasNoStack() {
        assertThat(losses.isStack(-EFAULT)).isFalse();
        assertThat(losses.isStack(-1)).isFalse();
        losses.report();

        assertThat(told).isEmpty();
    }
}
