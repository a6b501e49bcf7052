// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Fixtures;
import dev.jig.bpf.elf.ElfFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class BtfExtensionTest {
    private static final int HEADER_LENGTH = 4;
    private static final int LINES_OFFSET = 16;
    private static final int LINES_LENGTH = 20;

    private final ElfFile elf = ElfFile.parse("everything.o", Fixtures.everything());
    private final Btf btf = Btf.parse("btf", elf.bytes(elf.section(".BTF").orElseThrow()));
    private final byte[] bytes = elf.bytes(elf.section(".BTF.ext").orElseThrow());

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldReadRecordsOfEachSection() {
        BtfExtension extension = BtfExtension.parse("ext", bytes, btf);

        assertThat(extension.functions())
                .extracting(ExtensionSection::section)
                .contains(".text", "tp_btf/sched_switch");
        assertThat(extension.lines()).hasSameSizeAs(extension.functions());
        assertThat(extension.relocations())
                .extracting(ExtensionSection::section)
                .containsExactly("tp_btf/sched_switch");
        assertThat(btf.kind(extension.functions().getFirst().word(0, 1))).isEqualTo(BtfKind.FUNCTION);
        assertThat(BtfExtension.empty().lines()).isEmpty();
    }

    @Test
    void shouldFindRecordsByInstruction() {
        ExtensionSection lines = BtfExtension.parse("ext", bytes, btf).lines().getLast();
        long second = lines.instructionOffset(1);

        assertThat(lines.firstAt(0)).isZero();
        assertThat(lines.firstAt(second)).isEqualTo(1);
        assertThat(lines.firstAt(second + 1)).isEqualTo(2);
        assertThat(lines.firstAt(1 << 30)).isEqualTo(lines.count());
    }

    @Test
    void shouldRefuseRecordsOutOfOrder() {
        int at = buffer().getInt(HEADER_LENGTH) + buffer().getInt(LINES_OFFSET) + 4;
        while (buffer().getInt(at + 4) < 2) {
            at += 8 + 16 * buffer().getInt(at + 4);
        }
        buffer().putInt(at + 8, 1 << 20);

        assertThatThrownBy(() -> BtfExtension.parse("ext", bytes, btf))
                .isInstanceOf(BtfException.class)
                .hasMessageContaining("record 1 is about an earlier instruction");
    }

    @Test
    void shouldRefuseWhatExceedsTheSection() {
        buffer().putInt(LINES_LENGTH, 1 << 30);

        assertThatThrownBy(() -> BtfExtension.parse("ext", bytes, btf)).hasMessageContaining("ext: line_info: offset");
    }

    @Test
    void shouldRefuseOtherHeaders() {
        buffer().putInt(HEADER_LENGTH, 8);
        assertThatThrownBy(() -> BtfExtension.parse("ext", bytes, btf)).hasMessageContaining("header length 8");
        buffer().put(0, (byte) 0);
        assertThatThrownBy(() -> BtfExtension.parse("ext", bytes, btf)).hasMessageContaining("magic number");
    }
}
