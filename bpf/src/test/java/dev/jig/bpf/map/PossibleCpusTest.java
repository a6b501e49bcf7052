// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PossibleCpusTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|1", "0-3|4", "0-3,5|6", "0,2-127|128", "0,7|8"})
    void shouldCountUpToTheHighestNumber(String list, int count) {
        assertThat(PossibleCpus.parse(list)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "0-", "all"})
    void shouldRefuseWhatIsNoList(String list) {
        assertThatThrownBy(() -> PossibleCpus.parse(list))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("not a list of processors in /sys/devices/system/cpu/possible: \"" + list + "\"");
    }

    @Test
    void shouldHaveAtLeastThoseThatTheMachineUses() {
        assertThat(PossibleCpus.count())
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }
}
