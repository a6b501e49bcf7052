// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.sys.Mapping;
import dev.jig.gadget.GadgetException;
import java.util.Locale;

/** Sizes such as {@code 64M}: bytes with a unit of 1024, its square or its cube. */
final class ByteSize {
    private ByteSize() {}

    /**
     * Reads the size of a buffer, which is rounded up to a power of two and a page at least.
     *
     * @throws GadgetException when the text is no size from 1 byte to 1 GiB
     */
    static int parseRing(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int shift = switch (lower.isEmpty() ? ' ' : lower.charAt(lower.length() - 1)) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
        };
        String digits = shift == 0 ? lower : lower.substring(0, lower.length() - 1);
        try {
            long size = Math.multiplyExact(Long.parseLong(digits), 1L << shift);
            if (size > 0 && size <= 1 << 30) {
                int bytes = (int) Math.max(size, Mapping.PAGE_SIZE);
                return Integer.highestOneBit(bytes) == bytes ? bytes : Integer.highestOneBit(bytes) << 1;
            }
        } catch (NumberFormatException | ArithmeticException malformed) {
            throw problem(text);
        }
        throw problem(text);
    }

    private static GadgetException problem(String text) {
        return new GadgetException(
                "invalid value \"" + text + "\" as \"buffer-size\": a size of up to 1G is expected, for instance 64M");
    }
}
