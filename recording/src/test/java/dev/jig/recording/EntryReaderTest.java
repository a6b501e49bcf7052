// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class EntryReaderTest {
    private static EntryReader reader(int... bytes) {
        byte[] block = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            block[i] = (byte) bytes[i];
        }
        EntryReader reader = new EntryReader();
        reader.open(MemorySegment.ofArray(block));
        return reader;
    }

    @Test
    void shouldReadNumbersAsTheyAreWritten() {
        try (BlockBuffer block = new BlockBuffer()) {
            long[] numbers = {0, 1, 127, 128, 300, Integer.MAX_VALUE, Long.MAX_VALUE, -1};
            for (long number : numbers) {
                block.varint(number);
                block.fixed(number, Long.BYTES);
            }
            EntryReader reader = new EntryReader();
            reader.open(block.bytes().segment());
            for (long number : numbers) {
                assertThat(reader.varint()).isEqualTo(number);
                assertThat(reader.fixed()).isEqualTo(number);
            }
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void shouldRefuseANumberThatIsCutOff() {
        EntryReader reader = reader(0x80, 0x80);

        assertThatThrownBy(reader::varint)
                .hasMessage("at byte 2 there should be 1 further bytes, but the block ends at 2");
    }

    @Test
    void shouldRefuseANumberOfTooManyBytes() {
        EntryReader reader = reader(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);

        assertThatThrownBy(reader::varint).hasMessage("a number before byte 10 has too many bytes");
    }

    @Test
    void shouldRefuseALengthBehindTheEnd() {
        assertThat(reader(2, 0, 0).length()).isEqualTo(2);
        assertThatThrownBy(() -> reader(3, 0, 0).length())
                .hasMessage("at byte 1 there should be 3 further bytes, but the block ends at 3");
    }
}
