// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WasmFactsTest {
    private static String section(String id, String content) {
        return id + length(content) + content;
    }

    private static String length(String hex) {
        return HexFormat.of().toHexDigits((byte) (hex.length() / 2));
    }

    private static String name(String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        return length(hex) + hex;
    }

    /** Two imports, of which one is of module {@code ig}; a function {@code gadgetAPIVersion} that returns 1. */
    private static byte[] module() {
        String imports = "02" + name("ig") + name("foo") + "0000" + name("env") + name("bar") + "0000";
        String body = "00" + "4201" + "0b";
        return HexFormat.of()
                .parseHex("0061736d01000000"
                        + section("01", "01" + "6000017e")
                        + section("02", imports)
                        + section("03", "0100")
                        + section("07", "01" + name("gadgetAPIVersion") + "0002")
                        + section("0a", "01" + length(body) + body));
    }

    @Test
    void shouldReadImportsAndVersion() {
        WasmFacts facts = WasmFacts.of(module());

        assertThat(facts.imports()).containsExactly("foo");
        assertThat(facts.version()).hasValue(1);
    }

    @Test
    void shouldRefuseOtherFiles() {
        assertThatThrownBy(() -> WasmFacts.of(new byte[20]))
                .isInstanceOf(InspectException.class)
                .hasMessageContaining("no WebAssembly binary");
    }

    @Test
    void shouldFailInWordsWhereAModuleIsCutOff() {
        int failures = 0;
        for (int length = 0; length < module().length; length++) {
            byte[] cut = Arrays.copyOf(module(), length);
            Throwable failure = catchThrowable(() -> WasmFacts.of(cut));
            if (failure != null) {
                assertThat(failure).isInstanceOf(InspectException.class);
                failures++;
            }
        }
        assertThat(failures).isGreaterThan(module().length / 2);
    }
}
