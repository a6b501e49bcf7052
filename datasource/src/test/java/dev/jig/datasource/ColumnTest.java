// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTest {
    private final DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);

    private Column column(Kind kind, Map<String, String> annotations) {
        return Column.of(dataSource.addField(NewField.of("f", kind).withAnnotations(annotations)));
    }

    @Test
    void shouldHaveDefaults() {
        Column text = column(Kind.STRING, Map.of());
        assertThat(text.header()).isEqualTo("F");
        assertThat(text.width()).isEqualTo(16);
        assertThat(text.maxWidth()).isZero();
        assertThat(text.right()).isFalse();
        assertThat(text.ellipsis()).isEqualTo(Ellipsis.NONE);
        assertThat(text.precision()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"BOOL,5", "UINT8,3", "INT8,4", "UINT16,5", "INT16,6", "UINT32,10", "INT32,11", "UINT64,20", "INT64,20"})
    void shouldKnowWidthsOfTypes(Kind kind, int width) {
        Column column = column(kind, Map.of("columns.width", "type", "columns.minwidth", "type"));
        assertThat(column.width()).isEqualTo(width);
        assertThat(column.minWidth()).isEqualTo(width);
        assertThat(column.maxWidth()).isEqualTo(width);
    }

    @Test
    void shouldReadAnnotations() {
        Column column = column(
                Kind.FLOAT64,
                Map.of(
                        "columns.alias",
                        "%cpu",
                        "columns.alignment",
                        "right",
                        "columns.ellipsis",
                        "middle",
                        "columns.fixed",
                        "true",
                        "columns.hex",
                        "true",
                        "columns.precision",
                        "2"));
        assertThat(column.header()).isEqualTo("%CPU");
        assertThat(column.right()).isTrue();
        assertThat(column.ellipsis()).isEqualTo(Ellipsis.MIDDLE);
        assertThat(column.fixed()).isTrue();
        assertThat(column.hex()).isTrue();
        assertThat(column.precision()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "columns.alignment, center",
        "columns.ellipsis, none",
        "columns.width, wide",
        "columns.width, -1",
        "columns.maxwidth, type",
        "columns.minwidth, 99999999",
        "columns.precision, 5000"
    })
    void shouldNameInvalidAnnotations(String key, String value) {
        assertThatThrownBy(() -> column(Kind.STRING, Map.of(key, value)))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("field \"f\" of data source \"d\": invalid value \"" + value + "\" of annotation " + key);
    }

    @Test
    void shouldShowAnotherFieldsValue() {
        Field other = dataSource.addField(NewField.of("other", Kind.STRING));
        assertThat(column(Kind.BYTES, Map.of("columns.replace", "other")).value())
                .isSameAs(other);
        dataSource.requireField("f").removeReference(false);
        assertThatThrownBy(() -> column(Kind.BYTES, Map.of("columns.replace", "nosuch")))
                .hasMessage("field \"nosuch\" not found in data source \"d\"");
    }
}
