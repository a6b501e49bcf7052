// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.operators.FakeGadget;
import dev.jig.operators.FakeGadget.Row;
import dev.jig.operators.filter.FilterOperator;
import dev.jig.operators.sort.SortOperator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimiterOperatorTest {
    private static final Row A = new Row("a", 1, 1, 1);
    private static final Row B = new Row("b", 2, 2, 2);
    private static final Row C = new Row("c", 3, 3, 3);

    private static FakeGadget gadget(String limit, String... sources) {
        return new FakeGadget(List.of(sources), Map.of("operator.limiter.max-entries", limit), new LimiterOperator())
                .start();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -1            | 3 | 2
            0             | 0 | 0
            1             | 1 | 1
            99            | 3 | 2
            rows:1        | 1 | 2
            rows2:1       | 3 | 1
            rows:0,rows2:1| 0 | 1
            2,rows:1      | 1 | 2
            2,1           | 1 | 1
            """)
    void shouldKeepTheFirst(String limit, int first, int second) {
        try (FakeGadget gadget = gadget(limit, "rows", "rows2")) {
            gadget.emit("rows", A, B, C);
            assertThat(gadget.seen()).hasSize(first);
            gadget.emit("rows2", A, B);
            assertThat(gadget.seen()).hasSize(first + second);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            abc     | initializing and preparing operators: instantiating operator "limiter": parsing max-entries ("abc"): converting abc to int: strconv.Atoi: parsing "abc": invalid syntax
            1,x     | initializing and preparing operators: instantiating operator "limiter": parsing max-entries ("1,x"): converting x to int: strconv.Atoi: parsing "x": invalid syntax
            §§      | initializing and preparing operators: instantiating operator "limiter": invalid value for max-entries: §§
            -2      | pre-starting operators: pre-starting operator "limiter": invalid value of max-entries for data source "rows": -2
            row:1   | pre-starting operators: pre-starting operator "limiter": data source "row" not found; did you mean "rows"?
            events:1| pre-starting operators: pre-starting operator "limiter": data source "events" has no arrays that could be cut
            """)
    void shouldRefuse(String limit, String message) {
        assertThatThrownBy(() -> gadget(limit, "rows", "events")).hasMessage(message.replace("§§", ""));
    }

    @Test
    void shouldComeAfterFilterAndSort() {
        Map<String, String> values = Map.of(
                "operator.filter.filter", "comm!=c", "operator.sort.sort", "-uid", "operator.limiter.max-entries", "1");
        try (FakeGadget gadget = new FakeGadget(
                        List.of("rows"), values, new LimiterOperator(), new SortOperator(), new FilterOperator())
                .start()
                .emit("rows", A, B, C)) {
            assertThat(gadget.seen()).containsExactly("b 2 2 2.0");
        }
    }
}
