// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import java.util.List;

/** A section of variables; becomes a map of one element. Immutable. */
public final class DataSection {
    /** What the section's name says about its contents. */
    public enum Kind {
        DATA,
        READ_ONLY,
        ZEROED,
        KERNEL_CONFIGURATION
    }

    private final String name;
    private final Kind kind;
    private final byte[] contents;
    private final List<Variable> variables;
    private final int type;

    DataSection(String name, Kind kind, byte[] contents, List<Variable> variables, int type) {
        this.name = name;
        this.kind = kind;
        this.contents = contents;
        this.variables = List.copyOf(variables);
        this.type = type;
    }

    /** Name of the section, such as {@code .rodata}. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether programs may only read it, so that it is frozen before they are loaded. */
    public boolean isReadOnly() {
        return kind == Kind.READ_ONLY || kind == Kind.KERNEL_CONFIGURATION;
    }

    /** Size in bytes. */
    public int size() {
        return contents.length;
    }

    /** A copy of the contents as compiled; zeros for {@code .bss} and {@code .kconfig}. */
    public byte[] contents() {
        return contents.clone();
    }

    /** The variables in order of their symbols. */
    public List<Variable> variables() {
        return variables;
    }

    /** Id of the section's type in the object's BTF, 0 if it has none there. */
    public int type() {
        return type;
    }
}
