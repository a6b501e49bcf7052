// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import dev.jig.bpf.bytes.ByteView;

/** An immutable table of 32-bit numbers, on the heap or inside mapped bytes. */
sealed interface IntTable {
    int get(int index);

    int length();

    /** A table in an array, which must not be changed later. */
    final class OnHeap implements IntTable {
        private final int[] values;

        OnHeap(int[] values) {
            this.values = values;
        }

        @Override
        public int get(int index) {
            return values[index];
        }

        @Override
        public int length() {
            return values.length;
        }
    }

    /** A table in bytes. */
    record InBytes(ByteView bytes) implements IntTable {
        @Override
        public int get(int index) {
            return bytes.s32(4L * index);
        }

        @Override
        public int length() {
            return bytes.size() / 4;
        }
    }
}
