// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.core.Candidate;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.core.KernelTargets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The types of the running kernel, read when somebody asks for the first time. */
public final class RunningKernelTypes implements KernelTypes {
    private final Optional<Path> cache;
    private Optional<KernelBtf> opened = Optional.empty();

    /**
     * @param cache folder for an index of the types; nothing for none
     */
    public RunningKernelTypes(Optional<Path> cache) {
        this.cache = requireNonNull(cache, "cache is null");
    }

    @Override
    public synchronized KernelBtf running() {
        if (opened.isEmpty()) {
            opened = Optional.of(KernelBtf.open(cache));
        }
        return opened.get();
    }

    @Override
    public void prepare() {
        try {
            running();
        } catch (BpfException unavailable) {
            // Whoever needs the types asks again, and is told then.
            return;
        }
    }

    @Override
    public CoreTargets coreTargets() {
        return new CoreTargets() {
            @Override
            public List<Candidate> candidates(String essentialName, BtfKind kind) {
                return new KernelTargets(running()).candidates(essentialName, kind);
            }
        };
    }
}
