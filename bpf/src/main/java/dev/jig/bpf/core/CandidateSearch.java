// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds candidates among one BTF's own types. */
final class CandidateSearch {
    private CandidateSearch() {}

    static List<Candidate> in(Btf target, String essentialName, BtfKind kind) {
        byte[] name = essentialName.getBytes(StandardCharsets.UTF_8);
        List<Candidate> found = new ArrayList<>(2);
        for (int id = target.firstSameHash(essentialName); id != 0; id = target.nextSameHash(id)) {
            if (sameKind(target.kind(id), kind) && target.isEssentiallyNamed(id, name)) {
                found.add(new Candidate(target, id));
            }
        }
        return found;
    }

    /** Kinds must be equal, but both widths of enumerations count as one. */
    static boolean sameKind(BtfKind one, BtfKind other) {
        return one == other || (one.isEnumeration() && other.isEnumeration());
    }
}
