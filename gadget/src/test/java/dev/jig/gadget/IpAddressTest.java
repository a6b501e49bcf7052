// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @Test
    void shouldReadLiterals() {
        assertThat(IpAddress.parse("10.0.0.255")).hasValue(new byte[] {10, 0, 0, -1});
        assertThat(IpAddress.parse("::1").orElseThrow()).hasSize(16).endsWith(1);
        assertThat(IpAddress.parse("fe80::1:2")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "10.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.",
                "....",
                "0x7f.0.0.1",
                "localhost",
                "fe80::1%lo",
                "[::1]",
                "::g",
                "1:2:3",
                "1.2.3.4 "
            })
    void shouldRefuseEverythingElse(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }
}
