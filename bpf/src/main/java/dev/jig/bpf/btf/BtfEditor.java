// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A copy of some BTF, to be changed in place: ids and the strings there are stay as they are, so that function and line records remain valid. Not for
 * concurrent use.
 */
public final class BtfEditor {
    private static final int NAME = 0;
    private static final int INFO = 1;
    private static final int THIRD = 2;
    private static final int EXTRA = 3;

    private final Btf original;
    private final BtfBlob types;
    private final StringTable strings;
    private final List<Integer> addedStarts = new ArrayList<>();

    /** Copies BTF that is not split. */
    public BtfEditor(Btf btf) {
        this.original = requireNonNull(btf, "btf");
        if (btf.base().isPresent()) {
            throw new BtfException(btf.title() + ": split BTF cannot be edited");
        }
        int[] words = new int[btf.types().size() / 4];
        for (int i = 0; i < words.length; i++) {
            words[i] = btf.types().s32(4L * i);
        }
        this.types = new BtfBlob(words, words.length);
        this.strings = new StringTable(btf.strings().toByteArray());
    }

    /** One more than the highest id. */
    public int typeCount() {
        return original.typeCount() + addedStarts.size();
    }

    private int at(int id, int word) {
        int start =
                id < original.typeCount() ? original.offsets().get(id) / 4 : addedStarts.get(id - original.typeCount());
        return start + word;
    }

    /** The kind that a type has by now. */
    public BtfKind kind(int id) {
        return BtfKind.of(types.get(at(id, INFO)) >>> 24 & 0x1f);
    }

    int count(int id) {
        return types.get(at(id, INFO)) & 0xffff;
    }

    boolean flag(int id) {
        return types.get(at(id, INFO)) < 0;
    }

    int nameOffset(int id) {
        return types.get(at(id, NAME));
    }

    int extra(int id, int word) {
        return types.get(at(id, EXTRA + word));
    }

    void setExtra(int id, int word, int value) {
        types.set(at(id, EXTRA + word), value);
    }

    /** Makes a type one of another kind without moving anything. */
    void setKind(int id, BtfKind kind, int count, boolean flag) {
        types.set(at(id, INFO), BtfBlob.info(kind, count, flag));
    }

    void setName(int id, String name) {
        types.set(at(id, NAME), strings.add(name));
    }

    void setThird(int id, int value) {
        types.set(at(id, THIRD), value);
    }

    /** Adds an integer; returns its id. */
    public int addInteger(String name, int bytes, boolean signed) {
        int id = add(strings.add(name), BtfBlob.info(BtfKind.INT, 0, false), bytes);
        types.add((signed ? 1 << 24 : 0) | bytes * Byte.SIZE);
        return id;
    }

    /** Adds a variable; returns its id. */
    public int addVariable(String name, int type, Linkage linkage) {
        int id = add(strings.add(name), BtfBlob.info(BtfKind.VARIABLE, 0, false), type);
        types.add(linkage.number());
        return id;
    }

    private int add(int name, int info, int third) {
        int id = typeCount();
        addedStarts.add(types.size());
        types.add(name);
        types.add(info);
        types.add(third);
        return id;
    }

    /** Changes the linkage of a variable or function. */
    public void setLinkage(int id, Linkage linkage) {
        if (kind(id) == BtfKind.FUNCTION) {
            setKind(id, BtfKind.FUNCTION, linkage.number(), false);
        } else {
            setExtra(id, 0, linkage.number());
        }
    }

    /** Changes the type that a variable, pointer, typedef or modifier refers to. */
    public void setTarget(int id, int target) {
        setThird(id, target);
    }

    /** Names those parameters of a prototype that have no name, as functions that the kernel gets to see must have them; not variable arguments. */
    public void nameParameters(int prototype, String name) {
        for (int i = 0; i < count(prototype); i++) {
            if (extra(prototype, 2 * i) == 0 && extra(prototype, 2 * i + 1) != 0) {
                setExtra(prototype, 2 * i, strings.add(name));
            }
        }
    }

    /** Replaces size and contents of a data section; the number of variables must stay. They are put in order of their offsets. */
    public void setDataSection(int id, int size, List<BtfType.SectionVariable> variables) {
        if (variables.size() != count(id)) {
            throw new BtfException(original.describe(id) + " has " + count(id) + " variables, not " + variables.size());
        }
        List<BtfType.SectionVariable> sorted = new ArrayList<>(variables);
        sortByOffset(sorted);
        setThird(id, size);
        for (int i = 0; i < sorted.size(); i++) {
            setExtra(id, 3 * i, sorted.get(i).type());
            setExtra(id, 3 * i + 1, sorted.get(i).offset());
            setExtra(id, 3 * i + 2, sorted.get(i).size());
        }
    }

    private static void sortByOffset(List<BtfType.SectionVariable> variables) {
        variables.sort(new Comparator<>() {
            @Override
            public int compare(BtfType.SectionVariable one, BtfType.SectionVariable other) {
                return Integer.compareUnsigned(one.offset(), other.offset());
            }
        });
    }

    /** The name that a type has by now; names of added types are not kept as text. */
    String originalName(int id) {
        return id < original.typeCount() ? original.name(id) : "";
    }

    /** The blob, in this machine's byte order. */
    public byte[] build() {
        return types.write(strings.toByteArray());
    }
}
