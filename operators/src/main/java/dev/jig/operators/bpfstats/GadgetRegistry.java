// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The gadgets of this process that have programs in the kernel, in the order of their starts. Shared by all runs. */
public final class GadgetRegistry {
    private final List<GadgetMember> members = new CopyOnWriteArrayList<>();

    void add(GadgetMember member) {
        members.add(member);
    }

    /** Its programs are not touched when this returns. */
    void remove(GadgetMember member) {
        members.remove(member);
        member.retire();
    }

    List<GadgetPrograms> gadgets() {
        List<GadgetPrograms> gadgets = new ArrayList<>();
        members.forEach(member -> member.programs().ifPresent(gadgets::add));
        return gadgets;
    }
}
