// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserTargetTest {
    @Test
    void shouldUnderstandFilesAndFunctions() {
        assertThat(UserTarget.parse("libc:malloc")).isEqualTo(new UserTarget("libc", "malloc", 0));
        assertThat(UserTarget.parse("/bin/bash:readline")).isEqualTo(new UserTarget("/bin/bash", "readline", 0));
        assertThat(UserTarget.parse("libc:malloc+0x10")).isEqualTo(new UserTarget("libc", "malloc", 16));
        assertThat(UserTarget.parse("/bin/go:main.(*T).f:x")).isEqualTo(new UserTarget("/bin/go", "main.(*T).f:x", 0));
    }

    @Test
    void shouldUnderstandPlacesOfFilesAndStaticProbes() {
        assertThat(UserTarget.parse("/bin/x:0x1f0")).isEqualTo(new UserTarget("/bin/x", "", 0x1f0));
        assertThat(UserTarget.parseStatic("libc:p:x")).isEqualTo(new UserTarget("libc", "p:x", 0));
        for (String wrong : new String[] {"libc", "libc:a", "libc:a:", "libc::b", ":a:b", "libc:a:b:c"}) {
            assertThatThrownBy(() -> UserTarget.parseStatic(wrong))
                    .isInstanceOf(BpfException.class)
                    .hasMessage("invalid USDT section name: \"" + wrong + "\"");
        }
        assertThatThrownBy(() -> UserTarget.parseStatic("a/b:p:x"))
                .hasMessage("section name must be either an absolute path or a library name: \"a/b\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x|invalid section name \"x\"",
                ":f|invalid section name \":f\"",
                "libc:|invalid section name \"libc:\"",
                "a/b:f|section name must be either an absolute path or a library name: \"a/b\"",
                "libc:f+x|invalid offset \"x\" in section name \"libc:f+x\"",
                "libc:f+-1|invalid offset \"-1\" in section name \"libc:f+-1\""
            })
    void shouldSayWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> UserTarget.parse(text))
                .isInstanceOf(BpfException.class)
                .hasMessageStartingWith(message);
    }
}
