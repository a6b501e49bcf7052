// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BlockHeaderTest {
    @Test
    void shouldReadWhatItWrote() {
        BlockHeader header = new BlockHeader(BlockKind.EVENTS, 7, 1000, 5000, 42, -3);

        ByteBuffer bytes = header.toBytes();

        assertThat(bytes.remaining()).isEqualTo(BlockHeader.SIZE);
        assertThat(BlockHeader.isMarked(bytes)).isTrue();
        assertThat(BlockHeader.version(bytes)).isEqualTo(BlockHeader.VERSION);
        assertThat(BlockHeader.read(bytes)).isEqualTo(header);
    }

    @Test
    void shouldNoticeAChangeOfEachByte() {
        byte[] bytes = new BlockHeader(BlockKind.END, 1, 2, 3, 0, 5).toBytes().array();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 0x40;
            assertThatThrownBy(() -> BlockHeader.read(ByteBuffer.wrap(changed))).isInstanceOf(RecordingException.class);
        }
    }

    @Test
    void shouldRefuseLyingSizes() {
        assertThatThrownBy(() -> read(new BlockHeader(BlockKind.EVENTS, 0, 1, BlockHeader.LARGEST + 1, 0, 0)))
                .hasMessageContaining("the limit is 67108864");
        assertThatThrownBy(() -> read(new BlockHeader(BlockKind.EVENTS, 0, -1, 1, 0, 0)))
                .hasMessageContaining("compressed to 4294967295");
        assertThatThrownBy(() -> read(new BlockHeader(BlockKind.EVENTS, 0, 1, 10, 11, 0)))
                .hasMessage("it claims 11 records in 10 bytes");
    }

    private static BlockHeader read(BlockHeader header) {
        return BlockHeader.read(header.toBytes());
    }
}
