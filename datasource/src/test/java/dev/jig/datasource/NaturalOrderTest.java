// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    void shouldSortNumbersByValueAndOtherCharactersBeforeLetters() {
        List<String> sorted = List.of(
                "1",
                "2",
                "10",
                "A",
                "a",
                "a_b",
                "a1",
                "a01",
                "a2",
                "a10b",
                "a10_",
                "ab",
                "b",
                "error",
                "error_raw",
                "pid_level0",
                "pidns_level0",
                "ü");
        List<String> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.sort(NaturalOrder::compare);
        assertThat(shuffled).isEqualTo(sorted);
    }

    @Test
    void shouldFindEqualNamesEqual() {
        assertThat(NaturalOrder.compare("a1b", "a1b")).isZero();
    }
}
