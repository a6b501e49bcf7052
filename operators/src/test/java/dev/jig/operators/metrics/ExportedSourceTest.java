// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.RunOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportedSourceTest {
    private final GadgetContext context = new GadgetContext("image", RunOptions.DEFAULT);
    private final DataSource source = context.register("ds", DataSourceType.ARRAY);
    private final MetricsHub hub = new MetricsHub();

    private FieldWriter field(String name, Kind kind, Map<String, String> annotations) {
        return source.addField(NewField.of(name, kind).withAnnotations(annotations))
                .asWriter();
    }

    private ExportedSource export(boolean newer, int mostSeries) {
        ExportedSource exported = new ExportedSource(source, "scope", newer, mostSeries);
        hub.add(exported);
        exported.subscribe(1);
        source.start();
        return exported;
    }

    /** Hands out a packet of the numbers as keys and as values. */
    private void emit(FieldWriter key, FieldWriter value, long... numbers) {
        try (RecordArray array = source.newArray()) {
            array.begin();
            for (long number : numbers) {
                Record record = array.add();
                key.setText(record, "k" + number);
                value.setLong(record, number);
            }
            source.emit(array);
        }
    }

    @Test
    void shouldCountByKeys() {
        FieldWriter key = field("key", Kind.STRING, Map.of("metrics.type", "key"));
        FieldWriter value = field("n", Kind.INT64, Map.of("metrics.type", "counter"));
        source.annotate("metrics.implicit-counter.name", "seen");
        export(false, 10);
        emit(key, value, 1, 2);
        emit(key, value, 2, -5);

        assertThat(hub.page().text())
                .contains(
                        "n_total{key=\"k2\",otel_scope_name=\"scope\",otel_scope_version=\"\"} 4\n",
                        "n_total{key=\"k-5\",otel_scope_name=\"scope\",otel_scope_version=\"\"} 0\n",
                        "seen_total{key=\"k2\",otel_scope_name=\"scope\",otel_scope_version=\"\"} 2\n",
                        "otel_scope_info{otel_scope_name=\"scope\",otel_scope_version=\"\"} 1\n");
    }

    @Test
    void shouldLabelAsNewerExportersDo() {
        FieldWriter key = field("key", Kind.STRING, Map.of("metrics.type", "key"));
        FieldWriter value = field("n", Kind.INT64, Map.of("metrics.type", "gauge"));
        export(true, 10);
        emit(key, value, 3);
        assertThat(hub.page().text())
                .contains("{key=\"k3\",otel_scope_name=\"scope\",otel_scope_schema_url=\"\",otel_scope_version=\"\"} 3")
                .doesNotContain("otel_scope_info");
    }

    @Test
    void shouldForgetWhatACompletePacketLacks() {
        FieldWriter key = field("key", Kind.STRING, Map.of("metrics.type", "key"));
        FieldWriter value = field("n", Kind.INT64, Map.of("metrics.type", "gauge"));
        source.annotate(ExportedSource.COMPLETE, "true");
        export(false, 10);
        emit(key, value, 1, 2);
        emit(key, value, 2);
        assertThat(hub.page().text()).contains("key=\"k2\"").doesNotContain("key=\"k1\"");
    }

    @Test
    void shouldKeepTotalsExactBeyondTheLimit() {
        FieldWriter key = field("key", Kind.STRING, Map.of("metrics.type", "key"));
        FieldWriter value = field("n", Kind.INT64, Map.of("metrics.type", "counter"));
        export(false, 2);
        emit(key, value, 1, 2, 3, 4, 4);
        emit(key, value, 1, 3);
        assertThat(hub.page().text())
                .contains(
                        "n_total{key=\"k1\",otel_scope_name=\"scope\",otel_scope_version=\"\"} 2\n",
                        "n_total{otel_metric_overflow=\"true\",otel_scope_name=\"scope\",otel_scope_version=\"\"} 14\n")
                .doesNotContain("k3");
    }

    @Test
    void shouldForgetGadgetsThatEnd() {
        FieldWriter key = field("key", Kind.STRING, Map.of("metrics.type", "key"));
        FieldWriter value = field("n", Kind.INT64, Map.of("metrics.type", "counter"));
        ExportedSource exported = export(false, 2);
        emit(key, value, 1);
        hub.remove(exported);
        assertThat(hub.page().text()).isEmpty();
    }

    @Test
    void shouldRefuseNamesThatAreOfAnotherType() {
        field("n", Kind.INT64, Map.of("metrics.type", "gauge"));
        export(false, 2);
        DataSource other = context.register("other", DataSourceType.SINGLE);
        other.addField(NewField.of("n", Kind.INT64).withAnnotations(Map.of("metrics.type", "histogram")));
        assertThatThrownBy(() -> hub.add(new ExportedSource(other, "elsewhere", false, 2)))
                .isInstanceOf(GadgetException.class)
                .hasMessage("metric \"n\" is a gauge of another gadget already and cannot be a histogram, too: give it"
                        + " another name (metrics.name)");
    }

    @Test
    void shouldRefuseBoundsThatDoNotAscend() {
        field("n", Kind.INT64, Map.of("metrics.type", "histogram", "metrics.boundaries", "1,1"));
        assertThatThrownBy(() -> new ExportedSource(source, "scope", false, 2))
                .hasMessageContaining("do not ascend: 1,1");
    }
}
