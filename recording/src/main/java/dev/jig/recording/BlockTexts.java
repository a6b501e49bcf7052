// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.Utf8Literal;
import java.util.IdentityHashMap;

/** The texts that a block has already, by what they are made of: operators hand out one and the same object again and again. */
final class BlockTexts {
    private final IdentityHashMap<Utf8Literal, Integer> numbers = new IdentityHashMap<>();

    int size() {
        return numbers.size();
    }

    /** The number of a text of this block, or -1. */
    int find(Utf8Literal text) {
        Integer number = numbers.get(text);
        return number == null ? -1 : number;
    }

    /** Adds a text; returns its number. */
    int add(Utf8Literal text) {
        int number = numbers.size();
        numbers.put(text, number);
        return number;
    }

    /** Starts a new block. */
    void clear() {
        numbers.clear();
    }
}
