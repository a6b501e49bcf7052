// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.elf.ElfException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableFileTest {
    @TempDir
    private Path folder = Path.of("");

    private static ExecutableFile open(byte[] bytes) {
        return ExecutableFile.open(FileContents.of("door", bytes));
    }

    private static byte[] program() {
        return Executables.bits64(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldFindFunctionsInBothSymbolTables() {
        try (ExecutableFile file = open(program())) {
            assertThat(file.functionOffset("open_door")).hasValue(Executables.CODE_OFFSET);
            assertThat(file.functionOffset("close_door")).hasValue(Executables.CODE_OFFSET + 0x40);
        }
    }

    @Test
    void shouldFindNothingThatIsNoFunctionOfItsOwn() {
        try (ExecutableFile file = open(program())) {
            assertThat(file.functionOffset("imported")).isEmpty();
            assertThat(file.functionOffset("data")).isEmpty();
            assertThat(file.functionOffset("open_doo")).isEmpty();
            assertThat(file.functionOffset("")).isEmpty();
        }
    }

    @Test
    void shouldReadOtherByteOrdersAndWidths() {
        try (ExecutableFile big = open(Executables.bits64(ByteOrder.BIG_ENDIAN));
                ExecutableFile narrow = open(Executables.bits32())) {
            assertThat(big.functionOffset("close_door")).hasValue(Executables.CODE_OFFSET + 0x40);
            assertThat(narrow.functionOffset("open_door")).hasValue(Executables.CODE_OFFSET);
        }
    }

    @Test
    void shouldNameTheNearestFunction() {
        try (ExecutableFile file = open(program())) {
            assertThat(file.nearestFunction("opendoor")).contains("open_door");
            assertThat(file.nearestFunction("close_doors")).contains("close_door");
            assertThat(file.nearestFunction("entirely_different")).isEmpty();
            assertThat(file.hasSymbols()).isTrue();
        }
    }

    @Test
    void shouldSayThatAFunctionIsNowhereInTheFile() {
        try (ExecutableFile file = open(program())) {
            assertThatThrownBy(() -> file.functionOffset("far_away"))
                    .isInstanceOf(ElfException.class)
                    .hasMessage("door: function far_away at address 0x900000 is in no executable segment");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() {
        assertThatThrownBy(() -> open(new byte[] {1, 2, 3})).hasMessage("door: not an ELF file");
        assertThatThrownBy(() -> open(changed(4, 9))).hasMessage("door: unknown ELF class 9");
        assertThatThrownBy(() -> open(changed(5, 9))).hasMessage("door: unknown ELF byte order 9");
        assertThatThrownBy(() -> open(changed(16, 1)))
                .hasMessage("door: ELF type 1 is neither a program (2) nor a library (3)");
        assertThatThrownBy(() -> open(changed(54, 55))).hasMessage("door: program headers of 55 bytes each, not 56");
        assertThatThrownBy(() -> open(changed(42, 1)))
                .hasMessageStartingWith("door: section headers: offset 66048 and length 256 exceed the 1536 bytes");
        try (ExecutableFile file = open(changed(0x200 + 64 + 40, 3))) {
            assertThatThrownBy(() -> file.functionOffset("open_door"))
                    .hasMessage("door: symbol table 1 links to section 3, which is no string table");
        }
    }

    private static byte[] changed(int at, int value) {
        return ByteBuffer.wrap(program()).put(at, (byte) value).array();
    }

    @Test
    void shouldRefuseWhatIsNoRegularFile() {
        assertThatThrownBy(() -> ExecutableFile.open(folder)).hasMessage(folder + " is not a regular file");
        assertThatThrownBy(() -> ExecutableFile.open(folder.resolve("absent")))
                .hasMessage("there is no file " + folder.resolve("absent"));
    }

    @Test
    void shouldNotCrashWhenAFileShrinks() throws Exception {
        Path path = Files.write(folder.resolve("program"), program());
        try (ExecutableFile file = ExecutableFile.open(path)) {
            assertThat(file.functionOffset("open_door")).isPresent();
            Files.write(path, new byte[1]);
            assertThatThrownBy(() -> file.functionOffset("open_door"))
                    .hasMessage(path + " became shorter while it was read");
        }
    }
}
