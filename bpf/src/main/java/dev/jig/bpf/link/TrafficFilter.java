// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;

/** Attaches programs to what comes in or goes out through a network interface: by a link (tcx, Linux 6.6), on older kernels by a filter of traffic control. */
public final class TrafficFilter {
    private TrafficFilter() {}

    /** Which packets a program sees. */
    public enum Direction {
        INGRESS,
        EGRESS
    }

    /**
     * Attaches a program of type {@code BPF_PROG_TYPE_SCHED_CLS} in the network namespace of the calling thread.
     *
     * @param networkInterface its index
     * @throws BpfException when the kernel refuses
     */
    public static Link attach(BpfProgram program, int networkInterface, Direction direction) {
        AttachType type = switch (direction) {
            case INGRESS -> AttachType.TCX_INGRESS;
            case EGRESS -> AttachType.TCX_EGRESS;
        };
        try {
            return BpfLink.create(program, networkInterface, type.number());
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.EINVAL)) {
                return ClassicTrafficFilter.attach(program, networkInterface, direction);
            }
            throw refused;
        }
    }
}
