// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Param;
import dev.jig.operators.FakeGadget;
import dev.jig.operators.FakeGadget.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterOperatorTest {
    private static final Row CAT = new Row("cat", 0, 10, 0.5);
    private static final Row LS = new Row("ls", 1000, 20, 1.5);
    private static final Row CP = new Row("cp", 1000, 30, 2.5);

    private static FakeGadget gadget(Map<String, String> values, String... sources) {
        return new FakeGadget(List.of(sources), values, new FilterOperator());
    }

    private static FakeGadget filtered(String key, String text) {
        return gadget(Map.of("operator.filter." + key, text), "events").start().emit("events", CAT, LS, CP);
    }

    @Test
    void shouldKeepWhatFulfilsAllRules() {
        try (FakeGadget gadget = filtered("filter", "uid==1000,comm!=ls")) {
            assertThat(gadget.seen()).containsExactly("cp 1000 30 2.5");
        }
    }

    @Test
    void shouldKeepWhatFulfilsAnExpression() {
        try (FakeGadget gadget = filtered("filter-expr", "comm in ['cat', 'ls'] and load > 1")) {
            assertThat(gadget.seen()).containsExactly("ls 1000 20 1.5");
        }
    }

    @Test
    void shouldTakeTogetherWhatIsAskedForInAllWays() {
        Map<String, String> values = Map.of(
                "operator.filter.filter", "uid==1000",
                "operator.filter.filter.events", "comm!=cat",
                "operator.filter.filter-expr", "bytes < 30",
                "operator.filter.filter-expr.events", "true");
        try (FakeGadget gadget = gadget(values, "events").start().emit("events", CAT, LS, CP)) {
            assertThat(gadget.seen()).containsExactly("ls 1000 20 1.5");
        }
    }

    @Test
    void shouldFilterElementsOfArrays() {
        try (FakeGadget gadget = gadget(Map.of("operator.filter.filter", "uid>0"), "rows")
                .start()
                .emit("rows", CAT, LS, CP)) {
            assertThat(gadget.seen()).containsExactly("ls 1000 20 1.5", "cp 1000 30 2.5");
        }
    }

    @Test
    void shouldFilterOnlyTheDataSourceThatIsNamed() {
        Map<String, String> values = Map.of("operator.filter.filter", "events:comm==cat");
        try (FakeGadget gadget =
                gadget(values, "events", "rows").start().emit("events", CAT, LS).emit("rows", LS)) {
            assertThat(gadget.seen()).containsExactly("cat 0 10 0.5", "ls 1000 20 1.5");
        }
    }

    @Test
    void shouldTellTheParamsOfEachDataSource() {
        try (FakeGadget gadget = gadget(Map.of(), "events", "rows")) {
            gadget.run().prepare();
            assertThat(gadget.context().params())
                    .extracting(Param::key)
                    .containsExactly(
                            "filter",
                            "filter-expr",
                            "filter.events",
                            "filter-expr.events",
                            "filter.rows",
                            "filter-expr.rows");
        }
    }

    @Test
    void shouldRefuseWrongFiltersBeforeAnythingStarts() {
        String prefix = "initializing and preparing operators: instantiating operator \"filter\": ";
        assertThatThrownBy(() -> filtered("filter", "comn==x"))
                .isInstanceOf(GadgetException.class)
                .hasMessage(prefix + "field \"comn\" not found in datasource events; did you mean \"comm\"?");
        assertThatThrownBy(() -> filtered("filter-expr", "comm == 1"))
                .isInstanceOf(GadgetException.class)
                .hasMessage(prefix + "compiling filter expression \"comm == 1\" for datasource events:"
                        + " compiling filter expression: invalid operation: == (mismatched types string and int) (1:6)\n"
                        + " | comm == 1\n"
                        + " | .....^");
    }

    @Test
    void shouldDiscardAndTellWhenItCannotBeTold() {
        try (FakeGadget gadget = filtered("filter-expr", "1000 % uid == 0")) {
            assertThat(gadget.seen()).containsExactly("ls 1000 20 1.5", "cp 1000 30 2.5");
            assertThat(gadget.messages())
                    .containsExactly(
                            "running filter expression \"1000 % uid == 0\" for datasource events: integer divide by zero");
        }
    }

    @Test
    void shouldTellManyFailuresOnce() {
        try (FakeGadget gadget = filtered("filter-expr", "1 % (uid - uid) == 0")) {
            assertThat(gadget.seen()).isEmpty();
            assertThat(gadget.messages()).hasSize(1);
        }
    }
}
