// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.core.Candidate;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.program.ProgramDefinition.AttachTarget;
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
        this.cache = cache;
    }

    private synchronized KernelBtf btf() {
        if (opened.isEmpty()) {
            opened = Optional.of(KernelBtf.open(cache));
        }
        return opened.get();
    }

    @Override
    public void prepare() {
        try {
            btf();
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
                List<Candidate> found = CoreTargets.of(btf().kernel()).candidates(essentialName, kind);
                return found.isEmpty() ? CoreTargets.inAll(btf().modules(), essentialName, kind) : found;
            }
        };
    }

    @Override
    public AttachTarget attachTarget(String typeName, BtfKind kind) {
        KernelBtf.Location location = btf().findAnywhere(typeName, kind)
                .orElseThrow(() -> new BpfException("this kernel has no \"" + typeName + "\" to attach to"));
        if (location.module().isPresent()) {
            throw new BpfException("\"" + typeName + "\" is in module "
                    + location.module().get() + "; attaching to modules is not supported");
        }
        return new AttachTarget(location.type(), 0);
    }
}
