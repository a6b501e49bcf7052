// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Fixtures;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElfFileTest {
    private static final int SECTION_TABLE = 40;
    private static final int SECTION_COUNT = 60;

    private final byte[] bytes = Fixtures.everything();
    private final ElfFile elf = ElfFile.parse("file", bytes);

    private ByteBuffer header() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadBothByteOrders(boolean big) {
        ElfFile file = ElfFile.parse("file", big ? Fixtures.everythingBigEndian() : bytes);

        assertThat(file.byteOrder()).isEqualTo(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        assertThat(file.machine()).isEqualTo(ElfFile.MACHINE_BPF);
        assertThat(file.sections()).extracting(Section::name).contains("tp_btf/sched_switch", ".maps", ".BTF", ".text");
        assertThat(file.bytes(file.section("license").orElseThrow())).containsExactly('G', 'P', 'L', 0);
    }

    @Test
    void shouldReadSymbols() {
        Symbol program = elf.symbols().stream()
                .filter(symbol -> symbol.name().equals("main_program"))
                .findFirst()
                .orElseThrow();
        Section section = elf.sections().get(program.section());

        assertThat(section.name()).isEqualTo("tp_btf/sched_switch");
        assertThat(section.isExecutable()).isTrue();
        assertThat(program.isFunction()).isTrue();
        assertThat(program.isLocal()).isFalse();
        assertThat(program.size()).isEqualTo(section.size());
        assertThat(elf.symbols()).anyMatch(symbol -> symbol.isUndefined() && symbol.isWeak());
        assertThat(elf.symbols().getFirst().name()).isEmpty();
    }

    @Test
    void shouldReadRelocations() {
        Section section = elf.section("tp_btf/sched_switch").orElseThrow();

        assertThat(elf.relocations(section, 1000)).isNotEmpty().allSatisfy(relocation -> {
            assertThat(relocation.offset() % 8).isZero();
            assertThat(relocation.offset()).isLessThan(section.size());
            assertThat(relocation.addend()).isZero();
        });
        assertThat(elf.relocations(elf.section("license").orElseThrow(), 1000)).isEmpty();
        assertThatThrownBy(() -> elf.relocations(section, 1))
                .isInstanceOf(ElfException.class)
                .hasMessageContaining("more than 1");
    }

    @Test
    void shouldReadZeroesForWhatIsNotInTheFile() {
        Section zeroes = elf.section(".bss").orElseThrow();

        assertThat(zeroes.type()).isEqualTo(SectionType.NOBITS);
        assertThat(elf.contents(zeroes).size()).isZero();
        assertThat(elf.bytes(zeroes)).hasSize((int) zeroes.size()).containsOnly(0);
    }

    @Test
    void shouldReadFromASegment() {
        assertThat(ElfFile.parse("segment", MemorySegment.ofArray(bytes)).sections())
                .isEqualTo(elf.sections());
    }

    @Test
    void shouldRefuseEveryTruncation() {
        for (int length = 0; length < bytes.length; length += 97) {
            byte[] truncated = Arrays.copyOf(bytes, length);

            assertThatThrownBy(() -> ElfFile.parse("file", truncated)).isInstanceOf(ElfException.class);
        }
    }

    @Test
    void shouldRefuseOtherClassesOrdersAndTypes() {
        header().put(4, (byte) 1);
        assertThatThrownBy(() -> ElfFile.parse("file", bytes)).hasMessage("file: ELF class 1 is not 64-bit (2)");
        header().put(4, (byte) 2).put(5, (byte) 3);
        assertThatThrownBy(() -> ElfFile.parse("file", bytes)).hasMessage("file: unknown ELF byte order 3");
        header().put(5, (byte) 1).putShort(16, (short) 2);
        assertThatThrownBy(() -> ElfFile.parse("file", bytes)).hasMessage("file: ELF type 2 is not relocatable (1)");
    }

    @Test
    void shouldNameTheTableThatExceedsTheFile() {
        header().putLong(SECTION_TABLE, bytes.length - 10L);

        assertThatThrownBy(() -> ElfFile.parse("file", bytes))
                .isInstanceOf(ElfException.class)
                .hasMessageStartingWith("file: section table: offset " + (bytes.length - 10));
    }

    @Test
    void shouldRefuseFilesWithoutOrWithTooManySections() {
        header().putShort(SECTION_COUNT, (short) 0);
        assertThatThrownBy(() -> ElfFile.parse("file", bytes)).hasMessage("file: has no sections");
        header().putShort(SECTION_COUNT, (short) 0xfff0);
        assertThatThrownBy(() -> ElfFile.parse("file", bytes)).hasMessageContaining("is not supported");
    }

    @Test
    void shouldRefuseContentsOutsideTheFile() {
        Section maps = elf.section(".maps").orElseThrow();
        int at = (int) header().getLong(SECTION_TABLE) + maps.index() * 64;
        header().putLong(at + 32, Long.MAX_VALUE);
        ElfFile damaged = ElfFile.parse("file", bytes);

        assertThatThrownBy(() -> damaged.bytes(damaged.section(".maps").orElseThrow()))
                .isInstanceOf(ElfException.class)
                .hasMessageStartingWith("file: .maps: offset ");
    }

    @Test
    void shouldRefuseHugeZeroedSections() {
        Section zeroes = elf.section(".bss").orElseThrow();
        int at = (int) header().getLong(SECTION_TABLE) + zeroes.index() * 64;
        header().putLong(at + 32, 1L << 40);
        ElfFile damaged = ElfFile.parse("file", bytes);

        assertThatThrownBy(() -> damaged.bytes(damaged.section(".bss").orElseThrow()))
                .hasMessageContaining("claims 1099511627776 zero bytes");
    }
}
