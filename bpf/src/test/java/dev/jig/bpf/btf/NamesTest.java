// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "task_struct, task_struct",
        "task_struct___old, task_struct",
        "a___b, a",
        "a___b___c, a___b",
        "a____b, a____b",
        "___b, ___b",
        "a___, a___",
        "a__b, a__b",
        "'', ''",
    })
    void shouldStripTheLastFlavour(String name, String essential) {
        assertThat(Names.essential(name)).isEqualTo(essential);
    }
}
