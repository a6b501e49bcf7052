// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldConfiguration;
import dev.jig.gadget.GadgetException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchScheduleTest {
    private final DataSource source = DataSource.create("d", DataSourceType.ARRAY, FieldConfiguration.NONE);

    @Test
    void shouldReadIteratorsOnceUnlessTold() {
        FetchSchedule schedule = FetchSchedule.ofIterator(source);

        assertThat(schedule).isEqualTo(new FetchSchedule(Duration.ZERO, 1, false));
        assertThat(schedule.times()).isEqualTo(1);
        assertThat(source.annotations()).containsEntry("fetch-interval", "0").containsEntry("fetch-count", "1");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "0, 0, 0", "1s, 3, 3", "1s, 0, 9223372036854775807"})
    void shouldReadMapsAsOftenAsAsked(String interval, String count, long times) {
        assertThat(FetchSchedule.ofMap(source, interval, count).times()).isEqualTo(times);
        assertThat(source.annotations()).containsEntry("fetch-interval", interval);
    }

    @Test
    void shouldReadOnceMoreAtTheEndWhereAsked() {
        source.annotate("ebpf.map.flush-on-stop", "true");

        assertThat(FetchSchedule.ofMap(source, "0", "0").onStop()).isTrue();
        assertThat(FetchSchedule.ofIterator(source).onStop()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "-1s, 1", "x, 1", "1s, x", "1s, -1"})
    void shouldRefuseWhatCannotBeDone(String interval, String count) {
        assertThatThrownBy(() -> FetchSchedule.ofMap(source, interval, count))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("data source \"d\"");
    }
}
