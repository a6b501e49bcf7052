// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.object.SectionName;
import java.util.List;
import java.util.Optional;

/** A machine that programs are to be loaded on: this one, or one that only its files tell about. */
public interface Target {
    /** What to call it. */
    String name();

    /** The kernel's version, if known. */
    Optional<KernelVersion> version();

    /** The types of the kernel, and then of its modules as far as they are known; empty if it does not tell them. */
    List<Btf> types();

    /** Whether programs of this type, hook and target are attached there. */
    Answer hook(SectionName section);

    /** Whether programs of a section may call a helper. */
    Answer helper(SectionName section, int number);

    /** Whether there are maps of a type. */
    Answer map(int type);

    /** Capabilities that whoever loads lacks, of those that are needed. */
    List<String> missingCapabilities(List<String> needed);

    /** Whether the kernel or a module has a type of this name. */
    default boolean hasType(String typeName, BtfKind kind) {
        for (Btf btf : types()) {
            if (btf.find(typeName, kind).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
