// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "vfs_read, vfs_read, true",
        "vfs_read, vfs_readv, false",
        "vfs_*, vfs_read, true",
        "vfs_*, vfs_, true",
        "vfs_*, xvfs_read, false",
        "*_read, vfs_read, true",
        "*_read, vfs_reads, false",
        "v*s*d, vfs_read, true",
        "v*s*d, vfs_ready, false",
        "vfs_rea?, vfs_read, true",
        "vfs_rea?, vfs_rea, false",
        "*, anything, true",
        "**a*, banana, true"
    })
    void shouldFit(String pattern, String name, boolean fits) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(fits);
    }

    @Test
    void shouldTellNamesFromPatterns() {
        assertThat(new NamePattern("vfs_read").isName()).isTrue();
        assertThat(new NamePattern("vfs_*").isName()).isFalse();
        assertThat(new NamePattern("vfs_rea?").isName()).isFalse();
    }

    @Test
    void shouldNotTakeLongForManyWildcards() {
        String pattern = "*a".repeat(500) + "b";

        assertThat(new NamePattern(pattern).matches("a".repeat(5000))).isFalse();
    }
}
