// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BpfExceptionTest {
    @Test
    void shouldKeepTheCause() {
        var cause = new IllegalStateException("why");

        assertThat(new BpfException("what", cause)).hasMessage("what").hasCause(cause);
    }
}
