// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The gadgets of this process that have programs in the kernel, in the order of their starts. Shared by all runs. */
public final class GadgetRegistry {
    private final List<GadgetPrograms> gadgets = new CopyOnWriteArrayList<>();

    void add(GadgetPrograms gadget) {
        gadgets.add(gadget);
    }

    void remove(GadgetPrograms gadget) {
        gadgets.remove(gadget);
    }

    List<GadgetPrograms> gadgets() {
        return List.copyOf(gadgets);
    }
}
