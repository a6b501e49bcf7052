// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KernelConfigurationTest {
    private static KernelConfiguration parse(String text) throws IOException {
        return KernelConfiguration.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldReadOptions() throws IOException {
        KernelConfiguration configuration = parse("""
                #
                # Automatically generated file; DO NOT EDIT.
                #
                CONFIG_BPF=y
                CONFIG_TUN=m
                # CONFIG_KPROBES is not set
                CONFIG_HZ=250
                CONFIG_CC_VERSION_TEXT="gcc (Debian) = 12"
                """);
        assertThat(configuration.value("CONFIG_BPF")).contains("y");
        assertThat(configuration.value("CONFIG_TUN")).contains("m");
        assertThat(configuration.value("CONFIG_KPROBES")).isEmpty();
        assertThat(configuration.value("CONFIG_HZ")).contains("250");
        assertThat(configuration.value("CONFIG_CC_VERSION_TEXT")).contains("\"gcc (Debian) = 12\"");
    }

    @Test
    void shouldPassOverWhatIsNoOption() throws IOException {
        KernelConfiguration configuration = parse("OTHER=y\nCONFIG_WITHOUT\n=\n\nCONFIG_EMPTY=\nCONFIG_LAST=n");
        assertThat(configuration.value("OTHER")).isEmpty();
        assertThat(configuration.value("CONFIG_WITHOUT")).isEmpty();
        assertThat(configuration.value("CONFIG_EMPTY")).contains("");
        assertThat(configuration.value("CONFIG_LAST")).contains("n");
    }
}
