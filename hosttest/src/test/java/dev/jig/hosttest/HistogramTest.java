// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histograms of block devices. */
@HostTest
class HistogramTest {
    private static final int WRITES = 200;
    private static final int BAR = 40;

    @TempDir
    private Path folder = Path.of("");

    private static long total(List<String> lines) {
        int last = lines.lastIndexOf("latency");
        long sum = 0;
        for (String line : lines.subList(last, lines.size())) {
            if (line.contains(" -> ")) {
                sum += Long.parseLong(line.substring(line.indexOf(" : ") + 3, line.indexOf('|'))
                        .strip());
            }
        }
        return sum;
    }

    @Test
    void shouldCountRequestsOfADevice() throws Exception {
        Product product = Product.in(folder);
        Path file = Path.of("target", "direct-writes").toAbsolutePath();
        try (Product.Running running = product.start("run", "profile_blockio", "--map-fetch-interval", "200ms")) {
            running.awaitSign("latency", () -> write(product, file, 1));
            write(product, file, WRITES);
            Finished finished = running.interrupt();

            assertThat(finished.exitCode()).isZero();
            assertThat(finished.lines())
                    .contains("        µs               : count    distribution")
                    .anySatisfy(line -> assertThat(line).endsWith("|" + "*".repeat(BAR) + "|"));
            assertThat(total(finished.lines())).isGreaterThanOrEqualTo(WRITES);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(Product product, Path file, int count) {
        product.runAll(List.of(
                "dd", "if=/dev/zero", "of=" + file, "bs=4k", "count=" + count, "oflag=direct,dsync", "status=none"));
    }
}
