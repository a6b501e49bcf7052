// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GadgetContextTest {
    private final GadgetContext context = new GadgetContext("image", RunOptions.DEFAULT);

    @Test
    void shouldApplyMetadataToDataSources() {
        context.setConfiguration(Configuration.parse("""
                datasources:
                  open:
                    tags: [one, two]
                    annotations:
                      cli.default-output-mode: json
                """, "gadget.yaml"));

        DataSource source = context.register("open", DataSourceType.SINGLE);

        assertThat(source.annotations()).containsEntry("cli.default-output-mode", "json");
        assertThat(source.tags()).contains("one", "two");
        assertThat(context.dataSource("open")).containsSame(source);
        assertThat(context.dataSource("other")).isEmpty();
    }

    @Test
    void shouldKeepTheOrderOfRegistration() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            names.add("source" + i);
            context.register("source" + i, DataSourceType.SINGLE);
        }

        assertThat(context.dataSources()).extracting(DataSource::name).containsExactlyElementsOf(names);
        assertThat(context.counts().keySet()).containsExactlyElementsOf(names);
    }

    @Test
    void shouldCountEvents() {
        DataSource source = context.register("open", DataSourceType.SINGLE);

        context.count(source).delivered(5);
        context.count(source).delivered(2);
        context.count(source).lost(3);

        assertThat(context.counts().get("open")).satisfies(count -> {
            assertThat(count.delivered()).isEqualTo(7);
            assertThat(count.lost()).isEqualTo(3);
        });
    }

    @Test
    void shouldTellAllThatABatchHasEnded() {
        List<String> calls = new ArrayList<>();
        context.onBatchEnd(() -> calls.add("first"));
        context.onBatchEnd(() -> calls.add("second"));

        context.endBatch();

        assertThat(calls).containsExactly("first", "second");
    }

    @Test
    void shouldHandThingsFromOperatorToOperator() {
        ContextKey<String> key = new ContextKey<>("greeting", String.class);
        assertThat(context.find(key)).isEmpty();

        context.put(key, "hello");

        assertThat(context.find(key)).hasValue("hello");
    }

    @Test
    void shouldStopWaitingWhenAsked() {
        context.requestStop();

        context.awaitStop(Duration.ZERO);
        context.awaitStop(Duration.ofDays(1));

        assertThat(context.imageName()).isEqualTo("image");
    }

    @Test
    void shouldSayThatTheTimeIsOver() {
        List<String> messages = new ArrayList<>();
        Log log = (level, message) -> messages.add(level + " " + message);
        GadgetContext timed = new GadgetContext("image", new RunOptions(ParamValues.none(), log, false));

        timed.awaitStop(Duration.ofMillis(1));

        assertThat(messages).containsExactly("DEBUG the time is over");
    }
}
