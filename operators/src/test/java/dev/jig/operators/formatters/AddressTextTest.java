// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.datasource.Utf8Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, ::",
        "00000000000000000000000000000001, ::1",
        "20010db8000000000000000000000000, 2001:db8::",
        "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
        "20010db8000100010001000100010001, 2001:db8:1:1:1:1:1:1",
        "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
        "00000000000000000001000100010001, ::1:1:1:1",
        "00010000000000000000000000000000, 1::",
        "fe8000000000000002005efffe00abcd, fe80::200:5eff:fe00:abcd",
        "00000000000000000000ffff0a010203, 10.1.2.3",
        "0000000000000000000000000a010203, ::a01:203",
        "00010002000300040005000600000000, 1:2:3:4:5:6::",
        "ffffffffffffffffffffffffffffffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void shouldWriteTheShortestForm(String bytes, String text) {
        try (Utf8Buffer out = new Utf8Buffer(8)) {
            AddressText.writeVersion6(HexFormat.of().parseHex(bytes), out);
            assertThat(out).hasToString(text);
        }
    }

    @Test
    void shouldTakeMissingBytesForZero() {
        try (Utf8Buffer out = new Utf8Buffer(8)) {
            AddressText.writeVersion4(new byte[] {127}, 0, out);
            out.append(' ');
            AddressText.writeVersion6(new byte[] {0x20}, out);
            assertThat(out).hasToString("127.0.0.0 2000::");
        }
    }
}
