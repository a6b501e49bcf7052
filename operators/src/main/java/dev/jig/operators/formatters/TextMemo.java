// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Utf8Buffer;
import dev.jig.datasource.Utf8Literal;
import java.util.HashMap;
import java.util.Map;

/** Keeps the texts of numbers as ready bytes: a small table by the numbers' last bits, behind it a bounded map. */
final class TextMemo {
    private static final int SLOTS = 64;
    private static final int MOST_KEPT = 4096;

    private final NumberFormatter.Text text;
    private final long[] keys = new long[SLOTS];
    private final Utf8Literal[] literals = new Utf8Literal[SLOTS];
    private final Map<Long, Utf8Literal> others = new HashMap<>();

    TextMemo(NumberFormatter.Text text) {
        this.text = text;
        java.util.Arrays.fill(literals, Utf8Literal.EMPTY);
        java.util.Arrays.fill(keys, Long.MIN_VALUE);
    }

    void write(long value, Utf8Buffer out) {
        int slot = (int) (value ^ value >>> 6 ^ value >>> 17) & SLOTS - 1;
        if (keys[slot] != value || value == Long.MIN_VALUE) {
            literals[slot] = find(value);
            keys[slot] = value;
        }
        out.append(literals[slot]);
    }

    private Utf8Literal find(long value) {
        Utf8Literal known = others.get(value);
        if (known != null) {
            return known;
        }
        Utf8Literal made = make(value);
        if (others.size() < MOST_KEPT) {
            others.put(value, made);
        }
        return made;
    }

    private Utf8Literal make(long value) {
        try (Utf8Buffer buffer = new Utf8Buffer(64)) {
            text.write(value, buffer);
            return Utf8Literal.of(buffer);
        }
    }
}
