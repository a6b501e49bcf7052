// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.core.CoreTargets;

/** What a loader wants to know of the kernel's types. */
public interface KernelTypes {
    /** Gets ready for the first question; a failure shows when it is asked. */
    default void prepare() {}

    /** Where relocations look. */
    CoreTargets coreTargets();

    /**
     * What programs attach to and call: the types of the kernel that loads them.
     *
     * @throws dev.jig.bpf.btf.BtfException when it does not tell its types
     */
    KernelBtf running();

    /** The same kernel, with relocations looking elsewhere, for instance in types that an image brings along. */
    default KernelTypes relocatingAgainst(CoreTargets targets) {
        requireNonNull(targets, "targets is null");
        KernelTypes self = this;
        return new KernelTypes() {
            @Override
            public CoreTargets coreTargets() {
                return targets;
            }

            @Override
            public KernelBtf running() {
                return self.running();
            }
        };
    }
}
