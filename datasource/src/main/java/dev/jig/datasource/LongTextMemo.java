// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Texts of a function of a number, kept so that each one is computed once; for small domains such as error numbers, flags and
 * user ids. When {@code limit} texts are kept and another one comes, all are forgotten. Nothing is allocated on a hit. Not
 * thread-safe.
 */
public final class LongTextMemo {
    private static final int SMALLEST_TABLE = 16;

    private final LongFunction<Utf8Literal> function;
    private final int limit;
    private long[] keys = new long[SMALLEST_TABLE];
    private Utf8Literal[] texts = empty(SMALLEST_TABLE);
    private boolean[] used = new boolean[SMALLEST_TABLE];
    private int size;
    private long lastKey;
    private Utf8Literal lastText = Utf8Literal.EMPTY;
    private boolean hasLast;

    /** Creates a memo of at most {@code limit} texts. */
    public LongTextMemo(int limit, LongFunction<Utf8Literal> function) {
        this.function = function;
        this.limit = limit;
    }

    /** The text for a number. */
    public Utf8Literal of(long key) {
        if (key == lastKey && hasLast) {
            return lastText;
        }
        lastText = find(key);
        lastKey = key;
        hasLast = true;
        return lastText;
    }

    /** How many texts are kept. */
    public int size() {
        return size;
    }

    /** Forgets all texts, for instance because the function's result has changed. */
    public void clear() {
        Arrays.fill(used, false);
        Arrays.fill(texts, Utf8Literal.EMPTY);
        size = 0;
        hasLast = false;
    }

    private Utf8Literal find(long key) {
        int at = slot(key);
        while (used[at]) {
            if (keys[at] == key) {
                return texts[at];
            }
            at = (at + 1) & (keys.length - 1);
        }
        Utf8Literal text = function.apply(key);
        insert(key, text);
        return text;
    }

    private void insert(long key, Utf8Literal text) {
        if (size >= limit) {
            Arrays.fill(used, false);
            Arrays.fill(texts, Utf8Literal.EMPTY);
            size = 0;
        } else if (size * 2 >= keys.length) {
            enlarge();
        }
        put(key, text);
        size++;
    }

    private void put(long key, Utf8Literal text) {
        int at = slot(key);
        while (used[at]) {
            at = (at + 1) & (keys.length - 1);
        }
        used[at] = true;
        keys[at] = key;
        texts[at] = text;
    }

    private void enlarge() {
        long[] oldKeys = keys;
        Utf8Literal[] oldTexts = texts;
        boolean[] oldUsed = used;
        keys = new long[2 * oldKeys.length];
        texts = empty(keys.length);
        used = new boolean[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldUsed[i]) {
                put(oldKeys[i], oldTexts[i]);
            }
        }
    }

    private static Utf8Literal[] empty(int length) {
        Utf8Literal[] texts = new Utf8Literal[length];
        Arrays.fill(texts, Utf8Literal.EMPTY);
        return texts;
    }

    /** Multiplies by 2⁶⁴ divided by the golden ratio, whose upper bits spread neighbouring keys well. */
    private int slot(long key) {
        return (int) ((key * 0x9e37_79b9_7f4a_7c15L) >>> 32) & (keys.length - 1);
    }
}
