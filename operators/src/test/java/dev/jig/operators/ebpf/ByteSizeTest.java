// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "4096,4096",
        "4K,4096",
        "4k,4096",
        "64M,67108864",
        "1g,1073741824",
        "1024K,1048576",
        "1,4096",
        "2K,4096",
        "3M,4194304",
        "5000,8192"
    })
    void shouldReadSizes(String text, int bytes) {
        assertThat(ByteSize.parseRing(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "0", "-4K", "2G", "4T", "9223372036854775807G", "4 K", "4KB", "x"})
    void shouldRefuseWhatIsNoSizeOfARing(String text) {
        assertThatThrownBy(() -> ByteSize.parseRing(text))
                .hasMessage("invalid value \"" + text
                        + "\" as \"buffer-size\": a size of up to 1G is expected, for instance 64M");
    }
}
