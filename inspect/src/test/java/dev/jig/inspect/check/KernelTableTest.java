// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.insn.Helper;
import org.junit.jupiter.api.Test;

class KernelTableTest {
    private final KernelTable table = KernelTable.read();

    @Test
    void shouldKnowSinceWhen() {
        assertThat(table.since("program", "LSM")).contains("5.7");
        assertThat(table.since("map", "RINGBUF")).contains("5.8");
        assertThat(table.since("map", "NO_SUCH")).isEmpty();
    }

    @Test
    void shouldKnowEveryHelper() {
        for (int helper = 1; Helper.name(helper).isPresent(); helper++) {
            assertThat(table.sinceHelper(helper)).as("helper %d", helper).isPresent();
        }
        assertThat(table.sinceHelper(Helper.number("bpf_loop").orElseThrow())).contains("5.17");
        assertThat(table.sinceHelper(Helper.number("bpf_send_signal").orElseThrow()))
                .contains("5.3");
        assertThat(table.sinceHelper(100_000)).isEmpty();
    }

    @Test
    void shouldCompareVersions() {
        assertThat(KernelTable.isAtLeast(KernelVersion.parse("5.10.0-32"), "5.9"))
                .isTrue();
        assertThat(KernelTable.isAtLeast(KernelVersion.parse("5.8"), "5.10")).isFalse();
    }
}
