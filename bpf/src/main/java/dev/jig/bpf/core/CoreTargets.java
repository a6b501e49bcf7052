// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import java.util.ArrayList;
import java.util.List;

/** The types to relocate against: those of the running kernel, of its modules, or of a file. */
public interface CoreTargets {
    /**
     * All types with this name, flavours apart, and a kind that fits, in order of id. As in libbpf, types of modules are looked at only when the kernel
     * itself has none.
     */
    List<Candidate> candidates(String essentialName, BtfKind kind);

    /** Targets tried in order: the first that has candidates is taken. */
    static CoreTargets of(Btf... inOrder) {
        List<Btf> targets = List.of(inOrder);
        return new CoreTargets() {
            @Override
            public List<Candidate> candidates(String essentialName, BtfKind kind) {
                for (Btf target : targets) {
                    List<Candidate> found = CandidateSearch.in(target, essentialName, kind);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
                return List.of();
            }
        };
    }

    /** These targets and, where they have nothing, others. */
    default CoreTargets orElse(CoreTargets others) {
        CoreTargets first = this;
        return new CoreTargets() {
            @Override
            public List<Candidate> candidates(String essentialName, BtfKind kind) {
                List<Candidate> found = first.candidates(essentialName, kind);
                return found.isEmpty() ? others.candidates(essentialName, kind) : found;
            }
        };
    }

    /** No types at all: everything is absent. */
    static CoreTargets none() {
        return of();
    }

    /** Candidates in all of the given BTFs together, as for modules. */
    static List<Candidate> inAll(List<Btf> targets, String essentialName, BtfKind kind) {
        List<Candidate> found = new ArrayList<>();
        for (Btf target : targets) {
            found.addAll(CandidateSearch.in(target, essentialName, kind));
        }
        return found;
    }
}
