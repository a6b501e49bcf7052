// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import java.util.List;

/** The running kernel's types, and those of its modules for what the kernel itself does not have. */
public record KernelTargets(KernelBtf kernel) implements CoreTargets {
    public KernelTargets {
        requireNonNull(kernel, "kernel");
    }

    @Override
    public List<Candidate> candidates(String essentialName, BtfKind kind) {
        List<Candidate> found = CandidateSearch.in(kernel.kernel(), essentialName, kind);
        return found.isEmpty() ? CoreTargets.inAll(kernel.modules(), essentialName, kind) : found;
    }
}
