// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.Names;
import java.nio.charset.StandardCharsets;

/**
 * How to get from a root type to a field, enumerator, or just to the type: a list of accesses, each by member (which has a name) or by array index (which
 * has none). Anonymous members leave no access, only their offset.
 */
final class AccessPath {
    static final int MAXIMUM_LENGTH = 64;

    final Btf btf;
    final int rootType;
    private final int[] types = new int[MAXIMUM_LENGTH];
    private final int[] indexes = new int[MAXIMUM_LENGTH];
    private final boolean[] named = new boolean[MAXIMUM_LENGTH];
    private int length;

    /** Members and indexes followed, with those of anonymous members; only the count matters, as a bound. */
    int depth;

    long bitOffset;

    AccessPath(Btf btf, int rootType) {
        this.btf = btf;
        this.rootType = rootType;
    }

    int length() {
        return length;
    }

    void add(int type, int index, boolean hasName) {
        if (length == MAXIMUM_LENGTH) {
            throw new CoreException(btf.describe(rootType) + ": access nests deeper than " + MAXIMUM_LENGTH);
        }
        types[length] = type;
        indexes[length] = index;
        named[length] = hasName;
        length++;
    }

    void removeLast() {
        length--;
    }

    void descend() {
        if (++depth > MAXIMUM_LENGTH) {
            throw new CoreException(btf.describe(rootType) + ": access nests deeper than " + MAXIMUM_LENGTH);
        }
    }

    int type(int access) {
        return types[access];
    }

    int index(int access) {
        return indexes[access];
    }

    boolean isNamed(int access) {
        return named[access];
    }

    byte[] name(int access) {
        return btf.elementName(types[access], indexes[access]).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an array reached by the last of {@code accesses} accesses has no bound of its own: zero elements, last in its struct. */
    boolean isFlexible(int accesses, int array) {
        int last = accesses - 1;
        return named[last] && btf.arrayCount(array) == 0 && indexes[last] == btf.elementCount(types[last]) - 1;
    }

    /** The path in C words, such as {@code struct task_struct.se.avg[3]}; without flavours, which are no matter of the kernel. */
    String text() {
        StringBuilder text = new StringBuilder(Names.essential(btf.text(rootType)));
        for (int i = 0; i < length; i++) {
            if (named[i]) {
                text.append(i == 0 ? "::" : ".").append(Names.essential(btf.elementName(types[i], indexes[i])));
            } else if (i > 0 || indexes[i] != 0) {
                text.append('[').append(indexes[i]).append(']');
            }
        }
        return text.toString();
    }
}
