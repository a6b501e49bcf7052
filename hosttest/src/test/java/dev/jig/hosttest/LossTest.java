// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No event disappears unsaid: what is delivered and what is admitted to be lost make up what happened. */
@HostTest
class LossTest {
    private static final Pattern SUMMARY = Pattern.compile("open: (\\d+) events delivered, (\\d+) lost");
    private static final String COMM = "jig-storm";
    private static final int STORM = 200_000;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    @Test
    void shouldAdmitEachLostEvent() throws Exception {
        Finished finished = storm("--buffer-size=4K");

        long stormLines = finished.out()
                .lines()
                .filter(line -> line.contains("/jig-storm-target"))
                .count();
        Matcher summary = summary(finished);
        long delivered = Long.parseLong(summary.group(1));
        long lost = Long.parseLong(summary.group(2));
        assertThat(lost).isPositive();
        assertThat(delivered).isEqualTo(finished.lines().size());
        assertThat(stormLines + lost).isEqualTo(STORM);
        assertThat(finished.exitCode()).isZero();
    }

    @Test
    void shouldLoseNothingWithALargeBuffer() throws Exception {
        Finished finished = storm("--buffer-size=256M");

        assertThat(summary(finished).group(2)).isEqualTo("0");
        assertThat(finished.out().lines().filter(line -> line.contains("/jig-storm-target")))
                .hasSize(STORM);
    }

    private static Matcher summary(Finished finished) {
        Matcher matcher = SUMMARY.matcher(finished.err());
        assertThat(matcher.find()).as(finished.err()).isTrue();
        return matcher;
    }

    /** A run during which one thread, the only one of its name, opens files as fast as it can. */
    private Finished storm(String bufferSize) throws Exception {
        Finished[] result = new Finished[1];
        Throwable[] failure = new Throwable[1];
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                result[0] = runStorm(bufferSize);
            } catch (Exception | AssertionError wrong) {
                failure[0] = wrong;
            }
        });
        thread.join();
        assertThat(failure[0]).isNull();
        return result[0];
    }

    private Finished runStorm(String bufferSize) throws Exception {
        try (Product.Running running = product.start("run", "trace_open", "-o", "json", "--comm", COMM, bufferSize)) {
            String before = OpenCalls.threadName();
            running.awaitSign("/jig-sign", () -> named(before, "/jig-sign", 1));
            named(before, "/jig-storm-target", STORM);
            return running.interrupt();
        }
    }

    private static void named(String before, String file, int times) throws Exception {
        OpenCalls.setThreadName(COMM);
        OpenCalls.storm(file, times);
        // Taking the old name back opens a file too: its event must not be among the lost ones.
        Thread.sleep(300);
        OpenCalls.setThreadName(before);
    }
}
