// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.operators.FakeGadget;
import dev.jig.operators.FakeGadget.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortOperatorTest {
    private static FakeGadget gadget(String sort, String... sources) {
        return new FakeGadget(List.of(sources), Map.of("operator.sort.sort", sort), new SortOperator()).start();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            §§                | cat 0 3 0.5;Zulu 7 1 1.5;abc 7 2 -1.0;cat 7 2 9.0
            comm              | Zulu 7 1 1.5;abc 7 2 -1.0;cat 0 3 0.5;cat 7 2 9.0
            -comm             | cat 0 3 0.5;cat 7 2 9.0;abc 7 2 -1.0;Zulu 7 1 1.5
            uid               | cat 0 3 0.5;Zulu 7 1 1.5;abc 7 2 -1.0;cat 7 2 9.0
            -uid,bytes        | Zulu 7 1 1.5;abc 7 2 -1.0;cat 7 2 9.0;cat 0 3 0.5
            -uid,-bytes,comm  | abc 7 2 -1.0;cat 7 2 9.0;Zulu 7 1 1.5;cat 0 3 0.5
            LOAD              | abc 7 2 -1.0;cat 0 3 0.5;Zulu 7 1 1.5;cat 7 2 9.0
            rows:-load        | cat 7 2 9.0;Zulu 7 1 1.5;cat 0 3 0.5;abc 7 2 -1.0
            """)
    void shouldSortStably(String sort, String expected) {
        try (FakeGadget gadget = gadget(sort, "rows")) {
            gadget.emit(
                    "rows",
                    new Row("cat", 0, 3, 0.5),
                    new Row("Zulu", 7, 1, 1.5),
                    new Row("abc", 7, 2, -1),
                    new Row("cat", 7, 2, 9));
            assertThat(String.join(";", gadget.seen())).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            nosuch            | field nosuch not found
            comn              | field comn not found; did you mean "comm"?
            comm,             | field  not found
            a:b;uid           | mixing sorting rules with and without specifying data source
            a:b:c             | field a not found
            row:uid           | data source "row" not found; did you mean "rows"?
            """)
    void shouldRefuse(String sort, String message) {
        assertThatThrownBy(() -> gadget(sort, "rows"))
                .hasMessage("pre-starting operators: pre-starting operator \"sort\": " + message);
    }

    @Test
    void shouldRefuseToSortRecordsThatComeOneByOne() {
        assertThatThrownBy(() -> gadget("uid", "rows", "events"))
                .hasMessageContaining("data source \"events\" has no arrays that could be sorted");
    }

    @Test
    void shouldHaveNothingToDoWithoutArrays() {
        try (FakeGadget gadget = gadget("", "events")) {
            assertThat(gadget.context().params()).isEmpty();
        }
    }
}
