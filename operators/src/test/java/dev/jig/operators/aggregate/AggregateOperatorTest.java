// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.operators.FakeGadget;
import dev.jig.operators.FakeGadget.Row;
import dev.jig.operators.filter.FilterOperator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateOperatorTest {
    private static final Row[] ROWS = {
        new Row("cat", 0, 10, 0.5),
        new Row("ls", 1000, 20, 1.5),
        new Row("cat", 1000, -5, 2.25),
        new Row("cat", 0, 1, 1)
    };

    /** @param options keys and values with blanks between them */
    private static FakeGadget counted(String source, String options) {
        Map<String, String> values = new HashMap<>();
        values.put("operator.aggregate.count-interval", "0");
        String[] words = options.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            values.put("operator." + words[i], words[i + 1]);
        }
        FakeGadget gadget =
                new FakeGadget(List.of(source), values, new AggregateOperator(), new FilterOperator()).start();
        gadget.emit(source, ROWS);
        return gadget;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aggregate.count-by comm                                  | cat 3 false;ls 1 false
            aggregate.count-by uid                                   | 0 2 false;1000 2 false
            aggregate.count-by comm,uid                              | cat 0 2 false;ls 1000 1 false;cat 1000 1 false
            aggregate.count-by comm aggregate.sum bytes              | ls 1 20 false;cat 3 6 false
            aggregate.count-by comm aggregate.sum bytes,load         | ls 1 20 1.5 false;cat 3 6 3.75 false
            aggregate.count-by comm aggregate.sum load               | cat 3 3.75 false;ls 1 1.5 false
            aggregate.sum bytes                                      | 4 26 false
            aggregate.count-by comm aggregate.top 1                  | cat 3 false
            aggregate.count-by comm,uid aggregate.top 2              | cat 0 2 false;ls 1000 1 false
            aggregate.count-by comm filter.filter uid==1000          | ls 1 false;cat 1 false
            """)
    void shouldCountAndAddUp(String options, String expected) {
        for (String source : List.of("events", "rows")) {
            try (FakeGadget gadget = counted(source, options)) {
                assertThat(gadget.seen()).isEmpty();
                gadget.run().stop();
                assertThat(String.join(";", gadget.seen())).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldReplaceTheDataSource() {
        try (FakeGadget gadget = counted("events", "aggregate.count-by comm")) {
            assertThat(gadget.context().dataSources())
                    .singleElement()
                    .satisfies(source -> assertThat(source.name()).isEqualTo("events-totals"));
        }
    }

    @Test
    void shouldShowTotalsAgainOnlyIfTheyChanged() {
        FakeGadget gadget = new FakeGadget(List.of("events"), Map.of(), new AggregateOperator());
        try (gadget) {
            gadget.run().prepare();
            Aggregation aggregation = new Aggregation(
                    gadget.context().dataSource("events").orElseThrow(),
                    List.of("comm"),
                    List.of(),
                    0,
                    gadget.context());
            gadget.context().dataSource("events").orElseThrow().subscribe(0, record -> {
                aggregation.add(record);
                return dev.jig.datasource.Verdict.KEEP;
            });
            gadget.run().start();
            gadget.emit("events", ROWS);
            gadget.seen().clear();
            aggregation.show(gadget.context());
            assertThat(gadget.seen()).containsExactly("cat 3 false", "ls 1 false");
            aggregation.show(gadget.context());
            assertThat(gadget.seen()).hasSize(2);
            gadget.emit("events", ROWS[1]);
            gadget.seen().clear();
            aggregation.show(gadget.context());
            assertThat(gadget.seen()).containsExactly("cat 3 false", "ls 2 false");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aggregate.count-by comn                          | field "comn" not found in data source "events"; did you mean "comm"?
            aggregate.count-by load                          | records cannot be counted by field "load" of kind Float64
            aggregate.sum comm                               | values of field "comm" of kind String cannot be added up
            aggregate.count-by comm,comm                     | field "comm" is named twice
            aggregate.top 3                                  | top needs to know of what: count-by or sum is missing
            aggregate.top -3                                 | invalid value "-3" as "top": expected numeric value: strconv.ParseUint: parsing "-3": invalid syntax
            aggregate.count-by comm aggregate.count-interval -1s | count-interval must not be negative: -1s
            """)
    void shouldRefuse(String options, String message) {
        assertThatThrownBy(() -> counted("events", options))
                .hasMessage("initializing and preparing operators: instantiating operator \"aggregate\": " + message);
    }
}
