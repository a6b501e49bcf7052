// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.gadget.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StderrLogTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteKeysAndValuesForPrograms() {
        new StderrLog(out, () -> false, Log.Level.INFO).warn("output mode \"x\" is \\ odd\n");

        assertThat(text())
                .matches("time=\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)\" level=warning"
                        + " msg=\"output mode \\\\\"x\\\\\" is \\\\\\\\ odd\"\n");
    }

    @Test
    void shouldNotQuotePlainWords() {
        new StderrLog(out, () -> false, Log.Level.INFO).error("broken-pipe");

        assertThat(text()).endsWith(" level=error msg=broken-pipe\n");
    }

    @Test
    void shouldWriteShortLinesForPeople() {
        new StderrLog(out, () -> true, Log.Level.INFO).info("hello");

        assertThat(text()).startsWith("\u001b[36mINFO\u001b[0m[0000] hello ");
    }

    @Test
    void shouldKeepDetailsForThoseWhoAsk() {
        StderrLog quiet = new StderrLog(out, () -> false, Log.Level.INFO);
        StderrLog verbose = new StderrLog(out, () -> false, Log.Level.DEBUG);

        quiet.debug("one");
        verbose.debug("two");

        assertThat(quiet.isEnabled(Log.Level.DEBUG)).isFalse();
        assertThat(verbose.isEnabled(Log.Level.DEBUG)).isTrue();
        assertThat(text()).doesNotContain("one").contains("level=debug msg=two");
    }

    @Test
    void shouldNotLetNamesSteerTheTerminal() {
        new StderrLog(out, () -> true, Log.Level.INFO).warn("file \u001b]0;title\u0007 \u009b31m");

        assertThat(text()).contains("file \\x1b]0;title\\x07 \\x9b31m");
    }

    @Test
    void shouldTellOfLossesAndErrorsOnlyWhenQuiet() {
        StderrLog quiet = new StderrLog(out, () -> false, Log.Level.LOSS);
        quiet.info("one");
        quiet.warn("two");
        quiet.loss("three");
        quiet.error("four");

        assertThat(text().lines())
                .satisfiesExactly(
                        loss -> assertThat(loss).endsWith(" level=warning msg=three"),
                        error -> assertThat(error).endsWith(" level=error msg=four"));
    }
}
