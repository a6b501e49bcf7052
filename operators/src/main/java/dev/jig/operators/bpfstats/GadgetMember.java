// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.gadget.GadgetIdentity;
import dev.jig.operators.LoadedGadget;
import java.util.Optional;

/** A gadget whose programs may be counted: what they are is asked when somebody counts, for that costs a start nothing. */
final class GadgetMember {
    private final GadgetIdentity identity;
    private final String image;
    private Optional<LoadedGadget> loaded;
    private Optional<GadgetPrograms> programs = Optional.empty();

    GadgetMember(GadgetIdentity identity, String image, LoadedGadget loaded) {
        this.identity = identity;
        this.image = image;
        this.loaded = Optional.of(loaded);
    }

    /** What it has in the kernel; nothing when it is about to end. */
    synchronized Optional<GadgetPrograms> programs() {
        if (programs.isEmpty()) {
            programs = loaded.map(present -> GadgetPrograms.of(identity, image, present));
        }
        return programs;
    }

    /** From here on its programs are not touched. */
    synchronized void retire() {
        loaded = Optional.empty();
        programs = Optional.empty();
    }
}
