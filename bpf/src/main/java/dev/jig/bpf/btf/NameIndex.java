// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import java.nio.charset.StandardCharsets;

/**
 * Chained hash table from names without flavour to the ids of named types, ascending in each chain. Chains may hold types of other names: whoever walks
 * one compares names.
 *
 * @param heads first id for each hash bucket or 0; the length is a power of two
 * @param next following id of the same bucket or 0, indexed by the position of the type among the own types, from 1
 */
record NameIndex(IntTable heads, IntTable next) {
    private static final int SEED = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    /** Builds the index of a BTF's own types. */
    static NameIndex build(Btf btf) {
        int count = btf.typeCount() - btf.firstId();
        int buckets = Math.max(16, Integer.highestOneBit(Math.max(count, 1)) * 2);
        int[] heads = new int[buckets];
        int[] next = new int[count + 1];
        byte[] strings = btf.strings().toByteArray();
        for (int i = count; i > 0; i--) {
            int id = btf.firstId() + i - 1;
            int hash = hashOf(btf, id, strings);
            if (hash != 0) {
                int bucket = hash & (buckets - 1);
                next[i] = heads[bucket];
                heads[bucket] = id;
            }
        }
        return new NameIndex(new IntTable.OnHeap(heads), new IntTable.OnHeap(next));
    }

    private static int hashOf(Btf btf, int id, byte[] strings) {
        long name = btf.nameOffset(id);
        int at = (int) (name - btf.firstString());
        if (name == 0 || !BtfKind.of(btf.kindNumber(id)).isLookedUpByName()) {
            return 0;
        }
        if (at < 0) {
            return hash(btf.name(id));
        }
        if (at >= strings.length) {
            throw new BtfException(btf.describe(id) + " has a name at offset " + name + ", past the strings");
        }
        return hash(strings, at, at + essentialLength(strings, at));
    }

    /** As {@link Names#essentialLength}, for a NUL-terminated string in an array. */
    private static int essentialLength(byte[] strings, int from) {
        int underscores = 0;
        int separator = -1;
        int i = from;
        for (; strings[i] != 0; i++) {
            if (strings[i] == '_') {
                underscores++;
            } else {
                if (underscores == 3 && i - from > 3) {
                    separator = i - 3 - from;
                }
                underscores = 0;
            }
        }
        return separator < 0 ? i - from : separator;
    }

    /** Hash of a name, whose flavour does not count. */
    static int hash(String name) {
        byte[] bytes = Names.essential(name).getBytes(StandardCharsets.UTF_8);
        return hash(bytes, 0, bytes.length);
    }

    /** FNV-1a, finished so that low bits depend on all others; 0 only for no bytes. */
    private static int hash(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        int hash = SEED;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * PRIME;
        }
        hash ^= hash >>> 15;
        return hash == 0 ? 1 : hash;
    }

    int first(int hash) {
        return heads.get(hash & (heads.length() - 1));
    }

    int after(int position) {
        return next.get(position);
    }
}
