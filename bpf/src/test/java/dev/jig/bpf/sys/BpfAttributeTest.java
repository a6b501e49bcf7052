// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BpfAttributeTest {
    private final Arena arena = Arena.ofConfined();
    private final BpfAttribute attribute = new BpfAttribute(arena);

    @AfterEach
    void close() {
        arena.close();
    }

    @ParameterizedTest
    @CsvSource({
        "short, short",
        "exactly_fifteen, exactly_fifteen",
        "longer_than_fifteen, longer_than_fif",
        ".rodata.str1.1, .rodata.str1.1",
        "a-b c/d, a_b_c_d",
        "größe, gr__e"
    })
    void shouldWriteNamesThatTheKernelTakes(String name, String written) {
        attribute.name(28, name);

        assertThat(attribute.memory().getString(28)).isEqualTo(written);
        assertThat(attribute.memory().get(ValueLayout.JAVA_BYTE, 28 + 15)).isZero();
    }

    @Test
    void shouldStartWithZeros() {
        assertThat(attribute.memory().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }

    @Test
    void shouldSetMembers() {
        attribute.u32(4, -1).u64(8, 0x0102_0304_0506_0708L);

        assertThat(attribute.u32(0)).isZero();
        assertThat(attribute.u32(4)).isEqualTo(-1);
        assertThat(attribute.memory().get(ValueLayout.JAVA_LONG, 8)).isEqualTo(0x0102_0304_0506_0708L);
    }

    @Test
    void shouldPointToCopies() {
        attribute.pointer(0, new byte[] {1, 2}).text(8, "text").pointer(16, new byte[0]);

        assertThat(target(0, 2).toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
        assertThat(target(8, 5).getString(0)).isEqualTo("text");
        assertThat(attribute.memory().get(ValueLayout.JAVA_LONG, 16)).isZero();
    }

    private MemorySegment target(long offset, long size) {
        return MemorySegment.ofAddress(attribute.memory().get(ValueLayout.JAVA_LONG, offset))
                .reinterpret(size);
    }
}
