// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

/** A place in code that an {@link Assembler} writes, to jump to before or after the place is known. */
public final class Label {
    static final int UNPLACED = -1;

    private final String name;
    int slot = UNPLACED;

    Label(String name) {
        this.name = name;
    }

    /** The name it was made with, for messages. */
    public String name() {
        return name;
    }
}
