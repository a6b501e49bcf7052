// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PossibleCpusTest {
    @Test
    void shouldHaveAtLeastThoseThatTheMachineUses() {
        assertThat(PossibleCpus.count())
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }
}
