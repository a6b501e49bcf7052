// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void shouldFindCommandsOnThePath() {
        assertThat(Machine.hasCommand("sh")).isTrue();
        assertThat(Machine.hasCommand("no-such-command")).isFalse();
    }

    @Test
    void shouldFindTheSourceTree() {
        assertThat(Machine.sourceTree().resolve("testing/pom.xml")).exists();
    }

    @Test
    void shouldNameTheArchitectureAsTheKernelDoes() {
        assertThat(Machine.name()).isIn("x86_64", "aarch64");
    }
}
