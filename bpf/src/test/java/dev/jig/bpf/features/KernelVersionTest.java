// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelVersionTest {
    @ParameterizedTest
    @CsvSource({
        "6.1.0-40-amd64, 6, 1, 0",
        "5.15.167.4-microsoft-standard-WSL2, 5, 15, 167",
        "6.18.0, 6, 18, 0",
        "6.19-rc1, 6, 19, 0",
        "4.9.337+, 4, 9, 337",
        "'', 0, 0, 0",
        "linux, 0, 0, 0",
        "99999999999.1.1, 100000, 1, 1"
    })
    void shouldReadReleases(String release, int major, int minor, int patch) {
        assertThat(KernelVersion.parse(release)).isEqualTo(new KernelVersion(major, minor, patch));
    }

    @Test
    void shouldCutPatchLevelsInCodes() {
        assertThat(new KernelVersion(5, 15, 3).code()).isEqualTo(0x050f03);
        assertThat(new KernelVersion(4, 9, 337).code()).isEqualTo(0x0409ff);
    }

    @Test
    void shouldCompareByMajorThenMinor() {
        KernelVersion version = new KernelVersion(5, 8, 0);
        assertThat(version.isAtLeast(5, 8)).isTrue();
        assertThat(version.isAtLeast(4, 20)).isTrue();
        assertThat(version.isAtLeast(5, 9)).isFalse();
        assertThat(version.isAtLeast(6, 0)).isFalse();
    }

    @Test
    void shouldKnowTheRunningKernel() {
        assertThat(KernelVersion.running().major()).isGreaterThanOrEqualTo(4);
    }
}
