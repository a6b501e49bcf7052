// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusPageTest {
    private final PrometheusPage page = new PrometheusPage();

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "7,7",
        "-3,-3",
        "999999,999999",
        "1000000,1e+06",
        "1095728,1.095728e+06",
        "67108864,6.7108864e+07",
        "0.5,0.5",
        "0.0001,0.0001",
        "0.00001,1e-05",
        "-1500000.5,-1.5000005e+06",
        "1e100,1e+100",
        "NaN,NaN",
        "Infinity,+Inf",
        "-Infinity,-Inf"
    })
    void shouldWriteNumbers(double value, String text) {
        StringBuilder written = new StringBuilder();
        PrometheusNumber.append(written, value);
        assertThat(written).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "opens,COUNTER,'',opens_total",
        "opens_total,COUNTER,'',opens_total",
        "flags_raw,COUNTER,By,flags_raw_bytes_total",
        "error_raw,GAUGE,ms,error_raw_milliseconds",
        "latency,HISTOGRAM,µs,latency_s",
        "load,GAUGE,1,load_ratio",
        "load,COUNTER,1,load_total",
        "n,GAUGE,{items},n",
        "proc.pid-x,GAUGE,'',proc_pid_x"
    })
    void shouldNameMetrics(String name, MetricField.Role role, String unit, String expected) {
        Metric metric = new Metric(name, role, unit, "", Optional.empty(), new double[0]);
        assertThat(PrometheusName.of(metric)).isEqualTo(expected);
    }

    @Test
    void shouldSortAndEscape() {
        page.add("b", MetricField.Role.GAUGE, "of\nb", Map.of("x.y", "a\"\\\n", "a", "1"), new MetricValue.Level(2));
        page.add("a_total", MetricField.Role.COUNTER, "", Map.of(), new MetricValue.Total(1));
        assertThat(page.text()).isEqualTo("""
                # HELP a_total\s
                # TYPE a_total counter
                a_total 1
                # HELP b of\\nb
                # TYPE b gauge
                b{a="1",x_y="a\\"\\\\\\n"} 2
                """);
    }

    @Test
    void shouldWriteHistograms() {
        MetricValue value = new MetricValue.Buckets(new double[] {1, 1_048_576}, new long[] {2, 3, 4}, 9.5);
        page.add("h", MetricField.Role.HISTOGRAM, "", Map.of("a", "b"), value);
        assertThat(page.text()).isEqualTo("""
                # HELP h\s
                # TYPE h histogram
                h_bucket{a="b",le="1"} 2
                h_bucket{a="b",le="1.048576e+06"} 5
                h_bucket{a="b",le="+Inf"} 9
                h_sum{a="b"} 9.5
                h_count{a="b"} 9
                """);
    }

    @Test
    void shouldMakeOneOfTheSameSeries() {
        for (int i = 1; i <= 2; i++) {
            page.add("c_total", MetricField.Role.COUNTER, "", Map.of("k", "v"), new MetricValue.Total(i));
            page.add("g", MetricField.Role.GAUGE, "", Map.of("k", "v"), new MetricValue.Level(i));
            page.add("h", MetricField.Role.HISTOGRAM, "", Map.of(), buckets(i));
        }
        assertThat(page.text()).contains("c_total{k=\"v\"} 3\n", "g{k=\"v\"} 2\n", "h_count 6\n", "h_sum 3\n");
    }

    private static MetricValue buckets(int i) {
        return new MetricValue.Buckets(new double[] {1}, new long[] {i, i}, i);
    }

    @Test
    void shouldHandSeriesToAnotherPage() {
        page.add(
                "c_total",
                MetricField.Role.COUNTER,
                "some help",
                Map.of("k", "tab\there"),
                new MetricValue.Total(12.5));
        page.add("g", MetricField.Role.GAUGE, "", Map.of(), new MetricValue.Level(-1));
        page.add("h", MetricField.Role.HISTOGRAM, "", Map.of("a", "b"), buckets(3));
        PrometheusPage other = new PrometheusPage();
        other.addLines(page.lines());
        assertThat(other.text()).isEqualTo(page.text());
    }

    @Test
    void shouldPassOverTornLines() {
        page.addLines(
                "x\tgauge\n\nx\tgauge\thelp\tlevel\t\nx\tgauge\thelp\tlevel many\t\nx\thistogram\th\tbuckets 1\t\nx\tgauge\th\tnone 1\t\n");
        assertThat(page.text()).isEmpty();
    }
}
