// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Utf8BufferTest {
    private final Utf8Buffer buffer = new Utf8Buffer(0);
    private final Random random = new Random(42);

    @AfterEach
    void close() {
        buffer.close();
    }

    @Test
    void shouldWriteNumbersLikeTheJdk() {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            append(expected, value);
        }
        for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
            append(expected, power);
            append(expected, power - 1);
        }
        for (int i = 0; i < 1000; i++) {
            append(expected, i);
        }
        append(expected, Long.MIN_VALUE);
        append(expected, Long.MAX_VALUE);
        append(expected, -1);
        assertThat(buffer.toString()).isEqualTo(expected.toString());
    }

    private void append(StringBuilder expected, long value) {
        expected.append(value).append(' ').append(Long.toUnsignedString(value)).append(' ');
        expected.append(Long.toHexString(value)).append('\n');
        buffer.appendLong(value);
        buffer.append(' ');
        buffer.appendUnsigned(value);
        buffer.append(' ');
        buffer.appendHex(value);
        buffer.append('\n');
    }

    @Test
    void shouldPadNumbers() {
        buffer.appendPadded(7, 2);
        buffer.appendPadded(0, 8);
        buffer.appendPadded(99_999_999, 8);
        buffer.appendPadded(123, 3);
        buffer.appendPadded(5, 1);
        buffer.appendPaddedHex(0xabc, 4);
        assertThat(buffer.toString()).isEqualTo("0700000000" + "99999999" + "123" + "5" + "0abc");
    }

    @Test
    void shouldAppendLiteralsOfEachLength() {
        StringBuilder expected = new StringBuilder();
        for (int length = 0; length < 200; length++) {
            String text = "abcdefghijklmnopqrstuvwxyz".repeat(8).substring(0, length);
            buffer.append(Utf8Literal.of(text));
            buffer.append(text);
            buffer.append(text.getBytes(StandardCharsets.UTF_8));
            buffer.append('|');
            expected.append(text).append(text).append(text).append('|');
        }
        assertThat(buffer.toString()).isEqualTo(expected.toString());
    }

    @Test
    void shouldAppendMemoryOfEachLength() {
        byte[] bytes = new byte[300];
        random.nextBytes(bytes);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(300);
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, 300);
            for (int length = 0; length < 290; length++) {
                buffer.clear();
                buffer.append(memory.address() + 7, length);
                buffer.append(memory, 7, length);
                buffer.append(MemorySegment.ofArray(bytes), 7, length);
                byte[] part = java.util.Arrays.copyOfRange(bytes, 7, 7 + length);
                String hex = HexFormat.of().formatHex(part);
                assertThat(HexFormat.of().formatHex(buffer.toByteArray())).isEqualTo(hex + hex + hex);
                buffer.clear();
                buffer.appendHexBytes(memory.address() + 7, length);
                assertThat(buffer.toString()).isEqualTo(hex);
            }
        }
    }

    @Test
    void shouldNotReadPagesBehindTheSource() {
        // The last bytes of a mapping: a word that starts there would reach into memory that does not exist.
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment page = arena.allocate(8192, 4096);
            page.fill((byte) 'z');
            long last = page.address() + 4096 - 3;
            assertThat(Memory.word(last, 3)).isEqualTo(0x7a7a7aL);
            assertThat(Memory.word(last, 1)).isEqualTo(0x7aL);
            assertThat(Memory.lengthUntilNul(last, 3)).isEqualTo(3);
        }
    }

    @Test
    void shouldEncodeTextAndCodePoints() {
        String text = "plain, ü, 漢, \ud83d\ude00";
        buffer.append(text);
        text.codePoints().forEach(buffer::appendCodePoint);
        assertThat(buffer.toString()).isEqualTo(text + text);
        buffer.clear();
        buffer.appendCodePoint(0xd800);
        buffer.appendCodePoint(0x110000);
        buffer.appendCodePoint(-1);
        assertThat(buffer.toString()).isEqualTo("\ufffd\ufffd\ufffd");
    }

    @Test
    void shouldRepeat() {
        buffer.repeat('x', 13);
        buffer.repeat('y', 0);
        buffer.repeat('z', -5);
        assertThat(buffer.toString()).isEqualTo("x".repeat(13));
    }

    @Test
    void shouldCutAndForget() {
        buffer.append("abcdef");
        buffer.truncate(3);
        assertThat(buffer.toString()).isEqualTo("abc");
        assertThat(buffer.segment().byteSize()).isEqualTo(3);
        assertThatThrownBy(() -> buffer.truncate(4)).hasMessage("cannot cut 3 bytes of output at 4");
        buffer.clear();
        assertThat(buffer.length()).isZero();
        buffer.append("again");
        assertThat(buffer.toString()).isEqualTo("again");
    }

    @Test
    void shouldKeepBytesWhenGrowingAndWorkAfterClose() {
        String text = "0123456789".repeat(10_000);
        buffer.append(text);
        assertThat(buffer.toString()).isEqualTo(text);
        buffer.close();
        buffer.append("new");
        assertThat(buffer.toString()).isEqualTo("new");
    }

    @Test
    void shouldRefuseToGrowWithoutBound() {
        assertThatThrownBy(() -> buffer.ensure(3L << 30))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("output of 3221225472 bytes exceeds the limit of 2147483647");
    }

    @Test
    void shouldCompareLiteralsByBytes() {
        Utf8Literal literal = Utf8Literal.of("text");
        assertThat(literal).isEqualTo(Utf8Literal.of("text".getBytes(StandardCharsets.UTF_8)));
        assertThat(literal).hasSameHashCodeAs(Utf8Literal.of("text")).hasToString("text");
        assertThat(literal).isNotEqualTo(Utf8Literal.of("texts"));
        assertThat(literal.json()).isSameAs(literal);
        assertThat(Utf8Literal.of("a\"b").json()).hasToString("a\\\"b");
    }
}
