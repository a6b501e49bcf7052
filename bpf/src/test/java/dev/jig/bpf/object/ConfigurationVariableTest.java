// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.object.Extern.ConfigurationType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationVariableTest {
    private static ConfigurationVariable variable(String name, int size, int alignment) {
        return new ConfigurationVariable(name, false, ConfigurationType.INTEGER, size, alignment, false);
    }

    @Test
    void shouldPutWideAlignmentFirstThenSmallSizesThenNames() {
        var placed = ConfigurationVariable.layOut(List.of(
                variable("byte", 1, 1),
                variable("text", 16, 1),
                variable("second", 4, 4),
                variable("first", 4, 4),
                variable("wide", 8, 8)));

        assertThat(placed).extracting(Extern::name).containsExactly("wide", "first", "second", "byte", "text");
        assertThat(placed).extracting(Extern.KernelConfiguration::offset).containsExactly(0, 8, 12, 16, 17);
    }

    @Test
    void shouldBoundTheWhole() {
        assertThatThrownBy(() -> ConfigurationVariable.layOut(List.of(variable("huge", 2_000_000, 1))))
                .isInstanceOf(ObjectException.class);
    }
}
