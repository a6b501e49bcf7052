// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.Utf8Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of the block that is replayed, and of those before it that an array began in, by numbers of our own. A text that is known from the block before is the same
 * object.
 */
final class ReplayTexts {
    /** Far more than a block of a mebibyte needs: each becomes an object. */
    static final int MOST = 1 << 18;

    private static final int MOST_KEPT = 4096;

    private final List<Utf8Literal> texts = new ArrayList<>();
    private final Map<Utf8Literal, Utf8Literal> known = new HashMap<>();

    private int base;

    /**
     * A block begins.
     *
     * @param keep whether an array is not yet whole
     */
    void startBlock(boolean keep) {
        if (!keep) {
            texts.clear();
        }
        base = texts.size();
        if (known.size() > MOST_KEPT) {
            known.clear();
        }
    }

    /**
     * Adds the next text of the block.
     *
     * @throws RecordingException when there are too many
     */
    void add(byte[] bytes) {
        if (texts.size() == MOST) {
            throw new RecordingException("there are more than " + MOST + " texts");
        }
        Utf8Literal text = Utf8Literal.of(bytes);
        Utf8Literal before = known.putIfAbsent(text, text);
        texts.add(before == null ? text : before);
    }

    /**
     * The number of a text that is the n-th of the block.
     *
     * @throws RecordingException when the block has none
     */
    long number(long inBlock) {
        if (inBlock < 0 || inBlock >= texts.size() - base) {
            throw new RecordingException(
                    "a record names text " + Long.toUnsignedString(inBlock) + " of " + (texts.size() - base));
        }
        return base + inBlock;
    }

    /** The text with a number; empty for a record that was copied and outlived its block. */
    Utf8Literal get(long number) {
        return number < texts.size() ? texts.get((int) number) : Utf8Literal.EMPTY;
    }
}
