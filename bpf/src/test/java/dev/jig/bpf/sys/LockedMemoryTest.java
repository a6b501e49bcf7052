// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LockedMemoryTest {
    @Test
    void shouldFindTheLine() {
        assertThat(LockedMemory.parse("pos:\t0\nmap_type:\t1\nmemlock:\t8192\nmap_id:\t5\n"))
                .hasValue(8192);
    }

    @Test
    void shouldDoWithoutIt() {
        assertThat(LockedMemory.parse("pos:\t0\n")).isEmpty();
        assertThat(LockedMemory.parse("memlock:\tmuch\n")).isEmpty();
    }
}
