// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.load.LoadedObject;
import dev.jig.gadget.ContextKey;

/**
 * The eBPF part of a gadget in the kernel, for operators that start behind the one that loads it.
 *
 * @param object gone when the run is closed
 */
public record LoadedGadget(LoadedObject object) {
    /** Where it is left. */
    public static final ContextKey<LoadedGadget> KEY = new ContextKey<>("ebpf.loaded", LoadedGadget.class);

    public LoadedGadget {
        requireNonNull(object, "object is null");
    }
}
