// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.bytes.AddressOrder;
import java.util.Arrays;

/** Collects symbols into arrays that grow, and puts them in the order of their addresses. Those without an address, which are hidden, are left out. */
final class SymbolCollector implements SymbolLines.Consumer {
    private static final int MOST_SYMBOLS = 1 << 23;
    private static final int LONGEST_NAMES = 1 << 29;
    private static final int FIRST_SYMBOLS = 1 << 17;
    private static final int FIRST_NAMES = 1 << 21;

    private long[] addresses = new long[FIRST_SYMBOLS];
    private int[] nameOffsets = new int[FIRST_SYMBOLS];
    private byte[] names = new byte[FIRST_NAMES];
    private int size;
    private int namesSize;
    private boolean sorted = true;

    @Override
    public boolean take(long address, byte[] bytes, int start, int end) {
        if (address == 0) {
            return true;
        }
        int length = end - start;
        if (size == MOST_SYMBOLS || namesSize > LONGEST_NAMES - length - 1) {
            throw new BpfException("the kernel has more than " + MOST_SYMBOLS + " symbols, or " + LONGEST_NAMES
                    + " bytes of their names");
        }
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, size * 2);
            nameOffsets = Arrays.copyOf(nameOffsets, size * 2);
        }
        if (namesSize + length + 1 > names.length) {
            names = Arrays.copyOf(names, Math.max(names.length * 2, namesSize + length + 1));
        }
        sorted &= size == 0 || Long.compareUnsigned(addresses[size - 1], address) <= 0;
        addresses[size] = address;
        nameOffsets[size] = namesSize;
        size++;
        System.arraycopy(bytes, start, names, namesSize, length);
        namesSize += length + 1;
        return true;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Symbols with one address stay in their order. Modules come in any order, so the file is mostly sorted, but not wholly. */
    void sort() {
        if (!sorted) {
            int[] order = AddressOrder.sorted(addresses, size);
            addresses = AddressOrder.arranged(addresses, order);
            nameOffsets = AddressOrder.arranged(nameOffsets, order);
            sorted = true;
        }
    }

    long[] addresses() {
        return Arrays.copyOf(addresses, size);
    }

    int[] nameOffsets() {
        return Arrays.copyOf(nameOffsets, size);
    }

    /** The names, each ended by a NUL. */
    byte[] names() {
        return Arrays.copyOf(names, namesSize);
    }
}
