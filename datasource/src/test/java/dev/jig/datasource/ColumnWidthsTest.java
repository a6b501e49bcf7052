// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnWidthsTest {
    private final DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);

    private Column column(int width, int minWidth, int maxWidth, boolean fixed) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("columns.width", Integer.toString(width));
        annotations.put("columns.minwidth", Integer.toString(minWidth));
        annotations.put("columns.maxwidth", Integer.toString(maxWidth));
        annotations.put("columns.fixed", Boolean.toString(fixed));
        int index = dataSource.fields().size();
        return Column.of(
                dataSource.addField(NewField.of("c" + index, Kind.STRING).withAnnotations(annotations)));
    }

    @Test
    void shouldShareInProportion() {
        List<Column> columns = List.of(column(10, 0, 0, false), column(20, 0, 0, false));
        assertThat(ColumnWidths.fitted(columns, 31)).containsExactly(10, 20);
        assertThat(ColumnWidths.fitted(columns, 61)).containsExactly(20, 40);
        assertThat(ColumnWidths.fitted(columns, 63)).containsExactly(21, 41);
        assertThat(ColumnWidths.preferred(columns)).containsExactly(10, 20);
    }

    @Test
    void shouldRespectLimits() {
        List<Column> columns = List.of(
                column(10, 0, 12, false), column(10, 9, 0, false), column(7, 0, 0, true), column(10, 0, 0, false));
        assertThat(ColumnWidths.fitted(columns, 100)).containsExactly(12, 39, 7, 39);
        assertThat(ColumnWidths.fitted(columns, 30)).containsExactly(6, 9, 7, 5);
        assertThat(ColumnWidths.fitted(columns, 5)).containsExactly(1, 9, 7, 1);
    }

    @Test
    void shouldGiveNothingToNoColumns() {
        assertThat(ColumnWidths.fitted(List.of(), 80)).isEmpty();
        assertThat(ColumnWidths.fitted(List.of(column(8, 0, 0, true)), 80)).containsExactly(8);
    }

    @Test
    void shouldFillTheTerminalUnlessLimitsForbid() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            List<Column> columns = new ArrayList<>();
            int required = -1;
            boolean open = false;
            for (int i = 0; i <= random.nextInt(12); i++) {
                boolean fixed = random.nextInt(4) == 0;
                int width = 1 + random.nextInt(40);
                int minWidth = random.nextInt(2) * random.nextInt(1 + width);
                columns.add(column(width, minWidth, 0, fixed));
                required += 1 + (fixed ? width : Math.max(1, minWidth));
                open |= !fixed;
            }
            int terminal = 1 + random.nextInt(300);
            int[] widths = ColumnWidths.fitted(columns, terminal);
            int total = IntStream.of(widths).sum() + columns.size() - 1;
            if (open) {
                assertThat(total).isEqualTo(Math.max(required, terminal));
            } else {
                assertThat(total).isEqualTo(required);
            }
        }
    }
}
