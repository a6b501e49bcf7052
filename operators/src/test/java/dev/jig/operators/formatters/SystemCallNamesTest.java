// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.sys.Architecture;
import dev.jig.bpf.sys.SystemCall;
import dev.jig.datasource.Utf8Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SystemCallNamesTest {
    private static String name(Architecture architecture, long number) {
        try (Utf8Buffer out = new Utf8Buffer(8)) {
            new SystemCallNames(architecture).write(number, out);
            return out.toString();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, SYS_READ, SYS_IO_SETUP",
        "59, SYS_EXECVE, SYS_PIPE2",
        "257, SYS_OPENAT, SYS_UNKNOWN",
        "56, SYS_CLONE, SYS_OPENAT",
        "221, SYS_FADVISE64, SYS_EXECVE",
        "425, SYS_IO_URING_SETUP, SYS_IO_URING_SETUP",
        "451, SYS_CACHESTAT, SYS_CACHESTAT",
        "469, SYS_FILE_SETATTR, SYS_FILE_SETATTR",
        "9999, SYS_UNKNOWN, SYS_UNKNOWN",
        "-1, SYS_UNKNOWN, SYS_UNKNOWN"
    })
    void shouldNameByArchitecture(long number, String x86, String arm64) {
        assertThat(name(Architecture.X86_64, number)).isEqualTo(x86);
        assertThat(name(Architecture.ARM64, number)).isEqualTo(arm64);
    }

    /** The calls that Jig makes itself surely have the right numbers. */
    @ParameterizedTest
    @EnumSource(SystemCall.class)
    void shouldAgreeWithTheCallsThatAreMade(SystemCall call) {
        for (Architecture architecture : Architecture.values()) {
            assertThat(name(architecture, call.number(architecture))).isEqualTo("SYS_" + call.name());
        }
    }

    @Test
    void shouldKnowAllProtocolsOfTheRegistry() {
        NumberedNames names = new NumberedNames("protocols.txt");
        for (int number = 0; number <= 145; number++) {
            assertThat(names.name(number)).as("protocol %d", number).isPresent();
        }
        assertThat(names.name(146)).isEmpty();
        assertThat(names.name(41)).contains("IPv6");
        assertThat(names.name(58)).contains("IPv6-ICMP");
        assertThat(names.name(89)).contains("OSPFIGP");
        assertThat(names.name(136)).contains("UDPLite");
        assertThat(names.name(255)).contains("reserved");
    }
}
