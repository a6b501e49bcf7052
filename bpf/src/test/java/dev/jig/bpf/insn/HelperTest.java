// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelperTest {
    @Test
    void shouldKnowHelpersByNumber() {
        assertThat(Helper.name(1)).hasValue("bpf_map_lookup_elem");
        assertThat(Helper.name(130)).hasValue("bpf_ringbuf_output");
        assertThat(Helper.name(211)).hasValue("bpf_cgrp_storage_delete");
        assertThat(Helper.name(212)).isEmpty();
        assertThat(Helper.name(-1)).isEmpty();
    }

    @Test
    void shouldKnowNumbersByName() {
        assertThat(Helper.number("bpf_ktime_get_boot_ns")).hasValue(125);
        assertThat(Helper.number("bpf_ktime_get_ns")).hasValue(5);
        assertThat(Helper.number("bpf_no_such_helper")).isEmpty();
        assertThat(Helper.number("map_lookup_elem")).isEmpty();
        for (int number = 0; number < 212; number++) {
            assertThat(Helper.number(Helper.name(number).orElseThrow())).hasValue(number);
        }
    }
}
