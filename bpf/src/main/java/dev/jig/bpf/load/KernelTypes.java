// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.program.ProgramDefinition.AttachTarget;

/** What a loader wants to know of the kernel's types. */
public interface KernelTypes {
    /** Gets ready for the first question; a failure shows when it is asked. */
    default void prepare() {}

    /** Where relocations look. */
    CoreTargets coreTargets();

    /**
     * What a tracing program attaches to.
     *
     * @throws dev.jig.bpf.BpfException when the kernel and its modules have no such type
     */
    AttachTarget attachTarget(String typeName, BtfKind kind);
}
