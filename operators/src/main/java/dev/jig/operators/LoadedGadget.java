// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.load.LoadedObject;
import dev.jig.gadget.ContextKey;
import java.util.Map;

/**
 * The eBPF part of a gadget in the kernel, for operators that start behind the one that loads it.
 *
 * @param object gone when the run is closed
 * @param perfBuffers bytes of the perf buffers behind a map, by its name: the kernel does not count them as the map's
 */
public record LoadedGadget(LoadedObject object, Map<String, Long> perfBuffers) {
    /** Where it is left. */
    public static final ContextKey<LoadedGadget> KEY = new ContextKey<>("ebpf.loaded", LoadedGadget.class);

    public LoadedGadget {
        requireNonNull(object, "object is null");
        perfBuffers = Map.copyOf(perfBuffers);
    }
}
