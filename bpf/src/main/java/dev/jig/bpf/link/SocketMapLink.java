// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import java.lang.foreign.Arena;

/** A program that rules over the sockets in a map ({@code BPF_PROG_ATTACH}); what nobody detaches goes with the map. */
public final class SocketMapLink implements Link {
    private final BpfMap map;
    private final BpfProgram program;
    private final AttachType type;
    private boolean attached = true;

    private SocketMapLink(BpfMap map, BpfProgram program, AttachType type) {
        this.map = map;
        this.program = program;
        this.type = type;
    }

    /**
     * Attaches a program.
     *
     * @param map of sockets; both must outlive the link
     * @throws dev.jig.bpf.sys.SystemCallException when the kernel refuses
     */
    public static SocketMapLink attach(BpfProgram program, BpfMap map, AttachType type) {
        try (Arena arena = Arena.ofConfined()) {
            BpfCommand.BPF_PROG_ATTACH.call(attribute(arena, program, map, type), program + " to " + map);
        }
        return new SocketMapLink(map, program, type);
    }

    private static BpfAttribute attribute(Arena arena, BpfProgram program, BpfMap map, AttachType type) {
        return new BpfAttribute(arena)
                .u32(0, map.descriptor().number())
                .u32(4, program.descriptor().number())
                .u32(8, type.number());
    }

    @Override
    public void close() {
        if (attached) {
            attached = false;
            try (Arena arena = Arena.ofConfined()) {
                // What cannot be detached goes with the map.
                BpfCommand.BPF_PROG_DETACH.tryCall(attribute(arena, program, map, type));
            }
        }
    }
}
