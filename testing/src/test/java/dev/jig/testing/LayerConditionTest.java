// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class LayerConditionTest {
    private static final String INNER = "jig.testing.inner";
    private final PrintStream errors = System.err;
    private String before = "";

    @BeforeEach
    void remember() {
        before = System.getProperty(Requirement.NO_SKIP, "false");
        // What these tests make up is not to be taken for the truth by who reads the output.
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.setProperty(INNER, "true");
    }

    @AfterEach
    void restore() {
        System.setProperty(Requirement.NO_SKIP, before);
        System.setErr(errors);
        System.clearProperty(INNER);
    }

    @Test
    void shouldSkipALayerThatCannotRun() {
        System.setProperty(Requirement.NO_SKIP, "false");

        EngineExecutionResults results = execute(Impossible.class);

        results.containerEvents().assertStatistics(statistics -> statistics.skipped(1));
        results.testEvents().assertStatistics(statistics -> statistics.started(0));
    }

    @Test
    void shouldFailALayerThatCannotRunWhenNothingMayBeSkipped() {
        System.setProperty(Requirement.NO_SKIP, "true");

        EngineExecutionResults results = execute(Impossible.class);

        results.containerEvents().assertStatistics(statistics -> statistics.failed(1));
        results.testEvents().assertStatistics(statistics -> statistics.started(0));
    }

    @Test
    void shouldRunALayerThatLacksNothing() {
        EngineExecutionResults results = execute(Possible.class);

        results.testEvents().assertStatistics(statistics -> statistics.succeeded(1));
    }

    private static EngineExecutionResults execute(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute();
    }

    static final class Lacking extends LayerCondition {
        @Override
        Optional<String> missing() {
            return Optional.of("no moon");
        }
    }

    static final class Content extends LayerCondition {
        @Override
        Optional<String> missing() {
            return Optional.empty();
        }
    }

    @EnabledIfSystemProperty(named = INNER, matches = "true")
    @ExtendWith(Lacking.class)
    static class Impossible {
        @Test
        void shouldNotRun() {
            assertThat(true).as("this must not run").isFalse();
        }
    }

    @EnabledIfSystemProperty(named = INNER, matches = "true")
    @ExtendWith(Content.class)
    static class Possible {
        @Test
        void shouldRun() {
            assertThat(Machine.name()).isNotEmpty();
        }
    }
}
