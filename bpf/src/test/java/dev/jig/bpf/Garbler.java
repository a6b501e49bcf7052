// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Damages bytes in the ways that hurt readers of binary formats most. */
final class Garbler {
    private static final int[] NASTY = {
        0,
        1,
        -1,
        2,
        3,
        0x7f,
        0x80,
        0xff,
        0x100,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xfffffff8
    };

    private final Random random;

    Garbler(Random random) {
        this.random = random;
    }

    byte[] garble(byte[] original) {
        byte[] bytes = original.clone();
        int changes = random.nextInt(4);
        for (int i = 0; i <= changes; i++) {
            change(bytes);
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private void change(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> word(bytes, at, NASTY[random.nextInt(NASTY.length)]);
            case 3 -> word(bytes, at, random.nextInt(bytes.length));
            default -> copy(bytes, at, random.nextInt(bytes.length));
        }
    }

    private void word(byte[] bytes, int at, int value) {
        int aligned = Math.min(at & ~3, bytes.length - 4);
        ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer.wrap(bytes).order(order).putInt(aligned, value);
    }

    private void copy(byte[] bytes, int from, int to) {
        int length = Math.min(random.nextInt(64), bytes.length - Math.max(from, to));
        System.arraycopy(bytes, from, bytes, to, length);
    }
}
