// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Fuzzing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoFunctionsTest {
    private static OptionalLong address(byte[] program, String function) {
        try (ExecutableFile file = ExecutableFile.open(FileContents.of("x", program))) {
            return GoFunctions.find(file)
                    .map(functions -> functions.address(function))
                    .orElse(OptionalLong.empty());
        }
    }

    private static byte[] program(byte[] table) {
        return Executables.withSections(Map.of(".gopclntab", table));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xfffffffb, 0xfffffffa, 0xfffffff0, 0xfffffff1})
    void shouldFindFunctionsOfAllVersionsOfGo(int magic) {
        byte[] program = program(Executables.goTable(magic));

        assertThat(address(program, "main.main")).hasValue(Executables.CODE_ADDRESS);
        assertThat(address(program, "main.second")).hasValue(Executables.CODE_ADDRESS + 0x40);
        assertThat(address(program, "main.third")).isEmpty();
    }

    @Test
    void shouldTakeTheStartOfTheTextFromTheModule() {
        byte[] table = Executables.goTable(0xfffffff1);
        byte[] module = new byte[23 * 8];
        ByteBuffer.wrap(module).order(ByteOrder.LITTLE_ENDIAN).putLong(22 * 8, 0x50_0000);
        Map<String, byte[]> sections = new LinkedHashMap<>();
        sections.put(".gopclntab", table);
        sections.put(".go.module", module);

        assertThat(address(Executables.withSections(sections), "main.second")).hasValue(0x50_0040);
    }

    @Test
    void shouldTakeTheStartOfTheTextFromItsSection() {
        byte[] table = Executables.goTable(0xfffffff1);
        ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).putLong(24, 0);
        Map<String, byte[]> sections = new LinkedHashMap<>();
        sections.put(".gopclntab", table);
        sections.put(".text", new byte[16]);

        assertThat(address(Executables.withSections(sections), "main.main")).hasValue(Executables.sectionAddress(2));
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThatThrownBy(() -> address(program(Executables.goTable(0xfffffff7)), "f"))
                .hasMessageContaining(".gopclntab of an unknown version, 0xfffffff7");
        byte[] many = Executables.goTable(0xfffffff1);
        ByteBuffer.wrap(many).order(ByteOrder.LITTLE_ENDIAN).putLong(8, -1);
        assertThatThrownBy(() -> address(program(many), "f"))
                .hasMessageContaining("18446744073709551615 functions, more than 4000000");
    }

    @Test
    void shouldSurviveGarbledTables() {
        for (int magic : new int[] {0xfffffffb, 0xfffffffa, 0xfffffff1}) {
            Fuzzing.fuzz(
                    program(Executables.goTable(magic)),
                    16,
                    bytes -> assertThat(address(bytes, "main.second")).isNotNull());
        }
    }
}
