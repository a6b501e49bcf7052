// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.ring.RingReader;
import dev.jig.gadget.GadgetContext;
import java.util.Map;
import java.util.Optional;

/** What fills one data source while the programs run. Everything that it hands out, it hands out on the reader's thread. */
interface Feed extends AutoCloseable {
    /** Says what the maps that the feed reads shall be; before they are made. */
    default void adjust(GadgetContext context, ObjectLoader loader) {}

    /**
     * Gets ready to read.
     *
     * @param onDone to be called, on the reader's thread, when nothing more will come; never by a feed without end
     */
    void open(GadgetContext context, LoadedObject objects, RingReader reader, Runnable onDone);

    /** Counts what is lost on the way, once the feed is open. */
    default Optional<LossReporter> losses() {
        return Optional.empty();
    }

    /** Bytes of the perf buffers that it has opened, by the name of their map. */
    default Map<String, Long> perfBuffers() {
        return Map.of();
    }

    @Override
    void close();
}
