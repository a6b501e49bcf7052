// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void shouldNameErrors() {
        assertThat(Errno.of(1)).isEqualTo(Errno.EPERM).hasToString("EPERM");
        assertThat(Errno.EINVAL.symbol()).isEqualTo("EINVAL");
        assertThat(Errno.of(133).symbol()).isEqualTo("EHWPOISON");
        assertThat(Errno.ENOTSUPP.symbol()).isEqualTo("ENOTSUPP");
    }

    @Test
    void shouldNumberErrorsWithoutAName() {
        assertThat(Errno.of(0).symbol()).isEqualTo("error#0");
        assertThat(Errno.of(41).symbol()).isEqualTo("error#41");
        assertThat(Errno.of(134).symbol()).isEqualTo("error#134");
    }

    @Test
    void shouldHaveADifferentNameForEachNumber() {
        Set<String> names = new HashSet<>();
        for (int number = 0; number < 600; number++) {
            assertThat(names.add(Errno.of(number).symbol()))
                    .as("name of %d", number)
                    .isTrue();
        }
    }
}
