// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteViewTest {
    private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7, (byte) 0xff};

    private static ByteView view(byte[] bytes) {
        return ByteView.of("test", bytes, ByteOrder.LITTLE_ENDIAN, BpfException::new);
    }

    @Test
    void shouldReadNumbersInBothOrders() {
        ByteView little = view(BYTES);
        ByteView big = little.withOrder(ByteOrder.BIG_ENDIAN);

        assertThat(little.u8(7)).isEqualTo(255);
        assertThat(little.u16(0)).isEqualTo(0x0201);
        assertThat(big.u16(0)).isEqualTo(0x0102);
        assertThat(little.u32(4)).isEqualTo(0xff070605L);
        assertThat(little.s32(4)).isEqualTo(0xff070605);
        assertThat(big.s64(0)).isEqualTo(0x01020304050607ffL);
        assertThat(little.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldReadSegmentsAndBuffersAlike() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, BYTES);

            assertThat(ByteView.of("segment", segment, ByteOrder.BIG_ENDIAN, BpfException::new)
                            .s64(0))
                    .isEqualTo(0x01020304050607ffL);
        }
        assertThat(ByteView.of("buffer", ByteBuffer.wrap(BYTES), BpfException::new)
                        .u16(0))
                .isEqualTo(0x0102);
    }

    @Test
    void shouldNameOffsetAndLimitWhenOutOfBounds() {
        ByteView view = view(BYTES);

        assertThatThrownBy(() -> view.u32(5))
                .isInstanceOf(BpfException.class)
                .hasMessage("test: offset 5 plus 4 bytes exceeds its size of 8");
        assertThatThrownBy(() -> view.u8(-1)).isInstanceOf(BpfException.class);
        assertThatThrownBy(() -> view.s64(Long.MAX_VALUE)).isInstanceOf(BpfException.class);
        assertThatThrownBy(() -> view.u16(0x1_0000_0000L)).isInstanceOf(BpfException.class);
    }

    @Test
    void shouldSliceWithinBounds() {
        ByteView slice = view(BYTES).slice("part", 2, 4);

        assertThat(slice.size()).isEqualTo(4);
        assertThat(slice.u8(0)).isEqualTo(3);
        assertThat(slice.toByteArray()).containsExactly(3, 4, 5, 6);
        assertThatThrownBy(() -> slice.u8(4)).hasMessageStartingWith("part: ");
        assertThatThrownBy(() -> view(BYTES).slice("part", 6, 3))
                .hasMessage("part: offset 6 and length 3 exceed the 8 bytes of test");
        assertThatThrownBy(() -> view(BYTES).slice("part", Long.MAX_VALUE, Long.MAX_VALUE))
                .isInstanceOf(BpfException.class);
        assertThatThrownBy(() -> view(BYTES).slice("part", 0, -1)).isInstanceOf(BpfException.class);
    }

    @Test
    void shouldReadTerminatedStrings() {
        ByteView view = view("\0héllo\0open".getBytes(StandardCharsets.UTF_8));

        assertThat(view.string(0)).isEmpty();
        assertThat(view.string(1)).isEqualTo("héllo");
        assertThat(view.stringLength(1)).isEqualTo(6);
        assertThatThrownBy(() -> view.string(8)).hasMessage("test: string at offset 8 is not terminated");
    }

    @Test
    void shouldCompareStringsWithoutReadingThem() {
        ByteView view = view("task_struct\0open".getBytes(StandardCharsets.UTF_8));
        byte[] whole = "task_struct".getBytes(StandardCharsets.UTF_8);
        byte[] open = "open".getBytes(StandardCharsets.UTF_8);

        assertThat(view.stringEquals(0, whole)).isTrue();
        assertThat(view.stringEquals(5, "struct".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(view.stringEquals(0, "task".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(view.stringStartsWith(0, "task".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(view.stringEquals(12, open)).as("not terminated").isFalse();
    }
}
