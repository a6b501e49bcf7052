// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static final byte[] INTERESTING = {
        0,
        1,
        0x1f,
        ' ',
        '"',
        '\\',
        '/',
        '\n',
        '\r',
        '\t',
        '\b',
        0x7f,
        'a',
        'z',
        (byte) 0x80,
        (byte) 0xbf,
        (byte) 0xc2,
        (byte) 0xe0,
        (byte) 0xa0,
        (byte) 0xe2,
        (byte) 0x80,
        (byte) 0xa8,
        (byte) 0xa9,
        (byte) 0xed,
        (byte) 0x9f,
        (byte) 0xef,
        (byte) 0xf0,
        (byte) 0x90,
        (byte) 0xf4,
        (byte) 0x8f,
        (byte) 0xf5,
        (byte) 0xff
    };

    @Test
    void shouldEscapeTheUsualSuspects() {
        assertThat(escaped("/etc/quo\"te\\b\tx\n\u0001ü漢\r\b\f\u007f<>&", false))
                .isEqualTo("/etc/quo\\\"te\\\\b\\tx\\n\\u0001ü漢\\r\\u0008\\u000c\u007f<>&");
        assertThat(escaped("\u2028\u2029\ufeff\u2027\ud83d\ude00", false))
                .isEqualTo("\\u2028\\u2029\ufeff\u2027\ud83d\ude00");
    }

    @Test
    void shouldEscapeLikeTheObviousWay() {
        Random random = new Random(7);
        try (Arena arena = Arena.ofConfined();
                Utf8Buffer out = new Utf8Buffer(0)) {
            MemorySegment memory = arena.allocate(8192, 4096);
            for (int round = 0; round < 40_000; round++) {
                byte[] bytes = new byte[random.nextInt(40)];
                fill(random, bytes);
                long address = memory.address() + 4096 - random.nextInt(64);
                Memory.copyIn(bytes, address);
                boolean untilNul = random.nextBoolean();
                out.clear();
                out.append("before");
                JsonText.append(out, address, bytes.length, untilNul);
                assertThat(out.toString()).isEqualTo("before" + obvious(bytes, untilNul));
                out.clear();
                out.append("before");
                out.append(bytes);
                JsonText.escapeFrom(out, 6);
                assertThat(out.toString()).isEqualTo("before" + obvious(bytes, false));
            }
        }
    }

    private static void fill(Random random, byte[] bytes) {
        if (random.nextInt(4) == 0) {
            random.nextBytes(bytes);
            return;
        }
        int share = 1 + random.nextInt(12);
        for (int i = 0; i < bytes.length; i++) {
            boolean plain = random.nextInt(share) != 0;
            bytes[i] = plain ? (byte) ('a' + random.nextInt(26)) : INTERESTING[random.nextInt(INTERESTING.length)];
        }
    }

    /** One character after the other; valid UTF-8 is whatever the JDK can read and write again. */
    private static String obvious(byte[] bytes, boolean untilNul) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < bytes.length && !(untilNul && bytes[at] == 0)) {
            int length = sequence(bytes, at);
            if (length == 0) {
                out.append("\\ufffd");
                at++;
                continue;
            }
            String character = new String(bytes, at, length, StandardCharsets.UTF_8);
            char c = character.charAt(0);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\u2028' -> out.append("\\u2028");
                case '\u2029' -> out.append("\\u2029");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(character);
                    }
                }
            }
            at += length;
        }
        return out.toString();
    }

    private static int sequence(byte[] bytes, int at) {
        for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
            byte[] part = Arrays.copyOfRange(bytes, at, at + length);
            String text = new String(part, StandardCharsets.UTF_8);
            boolean one = text.codePointCount(0, text.length()) == 1;
            if (one && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), part)) {
                return length;
            }
        }
        return 0;
    }

    private static String escaped(String text, boolean untilNul) {
        Utf8Literal literal = Utf8Literal.of(text);
        try (Utf8Buffer out = new Utf8Buffer(0)) {
            JsonText.append(out, literal.address(), literal.length(), untilNul);
            return out.toString();
        }
    }
}
