// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.load.LoadedObject;
import dev.jig.gadget.GadgetIdentity;
import java.util.Optional;

/** A gadget whose programs may be counted: what they are is asked when somebody counts, for that costs a start nothing. */
final class GadgetMember {
    private final GadgetIdentity identity;
    private final String image;
    private Optional<LoadedObject> object;
    private Optional<GadgetPrograms> programs = Optional.empty();

    GadgetMember(GadgetIdentity identity, String image, LoadedObject object) {
        this.identity = identity;
        this.image = image;
        this.object = Optional.of(object);
    }

    /** What it has in the kernel; nothing when it is about to end. */
    synchronized Optional<GadgetPrograms> programs() {
        if (programs.isEmpty()) {
            programs = object.map(loaded -> GadgetPrograms.of(identity, image, loaded));
        }
        return programs;
    }

    /** From here on its programs are not touched. */
    synchronized void retire() {
        object = Optional.empty();
        programs = Optional.empty();
    }
}
