// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.GadgetException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchParamTest {
    private static final List<String> SOURCES = List.of("a", "b");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1000ms    | 1000ms | 1000ms
                    5s        | 5s     | 5s
                    a:5s      | 5s     | 1000ms
                    a:5s,b:2s | 5s     | 2s
                    a:0,b:2s  | 1000ms | 2s
                    """)
    void shouldGiveEachSourceItsValue(String text, String ofA, String ofB) {
        FetchParam values = FetchParam.parse(FetchParam.INTERVAL, text, SOURCES);

        assertThat(values.of("a")).isEqualTo(ofA);
        assertThat(values.of("b")).isEqualTo(ofB);
    }

    @Test
    void shouldRefuseAnUnknownSource() {
        assertThatThrownBy(() -> FetchParam.parse(FetchParam.COUNT, "c:1", SOURCES))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("no map is data source \"c\"")
                .hasMessageContaining("a, b");
    }

    @Test
    void shouldRefuseAMixture() {
        assertThatThrownBy(() -> FetchParam.parse(FetchParam.COUNT, "1,a:2", SOURCES))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("either one value");
    }
}
