// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.Utf8Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts of the block that is replayed, by number. A text that is known from the block before is the same object. */
final class ReplayTexts {
    private static final int MOST_KEPT = 4096;

    private final List<Utf8Literal> texts = new ArrayList<>();
    private final Map<Utf8Literal, Utf8Literal> known = new HashMap<>();

    /** A block begins. */
    void clear() {
        texts.clear();
        if (known.size() > MOST_KEPT) {
            known.clear();
        }
    }

    void add(byte[] bytes) {
        Utf8Literal text = Utf8Literal.of(bytes);
        Utf8Literal before = known.putIfAbsent(text, text);
        texts.add(before == null ? text : before);
    }

    /**
     * The text with a number.
     *
     * @throws RecordingException when the block has none
     */
    Utf8Literal get(long number) {
        if (number >= texts.size()) {
            throw new RecordingException("a record names text " + number + " of " + texts.size());
        }
        return texts.get((int) number);
    }
}
