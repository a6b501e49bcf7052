// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Type records as the words they consist of, and the writing of a whole blob in this machine's byte order. */
final class BtfBlob {
    private int[] words;
    private int size;

    BtfBlob() {
        this(new int[64], 0);
    }

    BtfBlob(int[] words, int size) {
        this.words = words;
        this.size = size;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return words[index];
    }

    void set(int index, int value) {
        words[index] = value;
    }

    void add(int value) {
        if (size == words.length) {
            words = Arrays.copyOf(words, size * 2 + 1);
        }
        words[size++] = value;
    }

    static int info(BtfKind kind, int count, boolean flag) {
        if (count < 0 || count > 0xffff) {
            throw new BtfException(count + " elements do not fit a type; 65535 do");
        }
        return kind.number() << 24 | count | (flag ? 1 << 31 : 0);
    }

    byte[] write(byte[] strings) {
        ByteBuffer blob =
                ByteBuffer.allocate(BtfHeader.SIZE + 4 * size + strings.length).order(ByteOrder.nativeOrder());
        blob.putShort((short) BtfHeader.MAGIC).put((byte) 1).put((byte) 0).putInt(BtfHeader.SIZE);
        blob.putInt(0).putInt(4 * size).putInt(4 * size).putInt(strings.length);
        for (int i = 0; i < size; i++) {
            blob.putInt(words[i]);
        }
        blob.put(strings);
        return blob.array();
    }
}
