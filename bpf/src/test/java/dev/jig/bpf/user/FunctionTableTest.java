// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jig.bpf.Fuzzing;
import dev.jig.bpf.elf.ElfException;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTableTest {
    private static final int CODE = Executables.CODE_OFFSET;

    enum Order {
        LITTLE(ByteOrder.LITTLE_ENDIAN),
        BIG(ByteOrder.BIG_ENDIAN);

        private final ByteOrder order;

        Order(ByteOrder order) {
            this.order = order;
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void shouldFindFunctionsInBothTables(Order order) {
        try (FunctionTable table = FunctionTable.of("p", Executables.bits64(order.order))) {
            assertThat(table.size()).isEqualTo(3);
            assertThat(table.nameAt(CODE)).contains("open_door");
            assertThat(table.nameAt(CODE + 0x3f)).contains("open_door");
            assertThat(table.nameAt(CODE + 0x40)).contains("close_door");
            assertThat(table.nameAt(CODE + 0x100)).isEmpty();
            assertThat(table.nameAt(-1)).isEmpty();
        }
    }

    @Test
    void shouldReadPrograms32BitsWide() {
        try (FunctionTable table = FunctionTable.of("p", Executables.bits32())) {
            assertThat(table.nameAt(CODE + 1)).contains("open_door");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {GoPrograms.GO_1_2, GoPrograms.GO_1_16, GoPrograms.GO_1_18, GoPrograms.GO_1_20})
    void shouldFindFunctionsOfStrippedGoPrograms(int version) {
        for (boolean stated : new boolean[] {true, false}) {
            try (FunctionTable table = FunctionTable.of("go", GoPrograms.program(version, stated))) {
                assertThat(table.size()).isEqualTo(2);
                assertThat(table.nameAt(CODE)).contains("main.first");
                assertThat(table.nameAt(CODE + 0x3f)).contains("main.first");
                assertThat(table.nameAt(CODE + 0x40)).contains("main.second");
                assertThat(table.nameAt(CODE + 0x80)).isEmpty();
            }
        }
    }

    @Test
    void shouldRefuseGoTablesOfAnotherKind() {
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> FunctionTable.of("go", GoPrograms.program(0x1234, true)))
                .withMessageContaining("0x1234");
    }

    @Test
    void shouldSurviveGarbledPrograms() {
        Fuzzing.fuzz(Executables.bits64(ByteOrder.LITTLE_ENDIAN), 31, FunctionTableTest::read);
        Fuzzing.fuzz(Executables.bits32(), 32, FunctionTableTest::read);
        Fuzzing.fuzz(GoPrograms.program(GoPrograms.GO_1_20, false), 33, FunctionTableTest::read);
        Fuzzing.fuzz(GoPrograms.program(GoPrograms.GO_1_2, false), 34, FunctionTableTest::read);
    }

    private static void read(byte[] bytes) {
        try (FunctionTable table = FunctionTable.of("garbled", bytes)) {
            for (int offset = CODE; offset < CODE + 0x100; offset += 0x20) {
                assertThat(table.nameAt(offset)).isNotNull();
            }
        }
    }
}
