// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.link.CgroupRoot;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.SectionName;
import dev.jig.bpf.program.BpfProgram;
import java.util.Optional;

/** Attaches programs that look at sockets, packets and what groups of processes do with them. */
final class NetworkAttacher implements AutoCloseable {
    private Optional<CgroupRoot> cgroups = Optional.empty();

    /** To the root of all cgroups, where every process of the machine is seen. */
    Link cgroup(BpfProgram program, SectionName section) {
        AttachType type = section.attachType()
                .orElseThrow(() -> new BpfException("section \"" + section.text()
                        + "\" does not say what of cgroups it attaches to: for instance cgroup_skb/ingress"));
        if (cgroups.isEmpty()) {
            cgroups = Optional.of(CgroupRoot.open());
        }
        return cgroups.get().attach(program, type);
    }

    @Override
    public void close() {
        cgroups.ifPresent(CgroupRoot::close);
        cgroups = Optional.empty();
    }
}
