// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/** Attaches programs to many functions with one link each: to the kernel's since Linux 5.18, to those of user programs since Linux 6.6. */
public final class MultiProbes {
    /** {@code BPF_F_KPROBE_MULTI_RETURN} and {@code BPF_F_UPROBE_MULTI_RETURN}. */
    private static final int RETURN = 1;

    private MultiProbes() {}

    /**
     * Attaches to functions of the kernel.
     *
     * @param type what the program was loaded for: {@code TRACE_KPROBE_MULTI} or {@code TRACE_KPROBE_SESSION}
     * @param functions their names, at least one
     * @throws SystemCallException when the kernel refuses one of them
     */
    public static BpfLink kernel(BpfProgram program, AttachType type, List<String> functions, Probes.Point point) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment names = arena.allocate(ValueLayout.JAVA_LONG, functions.size());
            for (int i = 0; i < functions.size(); i++) {
                names.setAtIndex(
                        ValueLayout.JAVA_LONG,
                        i,
                        arena.allocateFrom(functions.get(i)).address());
            }
            BpfAttribute attribute = BpfLink.attribute(arena, program, 0, type.number())
                    .u32(16, flags(point))
                    .u32(20, functions.size())
                    .pointer(24, names);
            return create(program, attribute, "5.18");
        }
    }

    /**
     * Attaches to places in a program or library file, for all processes.
     *
     * @param type what the program was loaded for: {@code TRACE_UPROBE_MULTI} or {@code TRACE_UPROBE_SESSION}
     * @param offsets bytes from the start of the file, at least one
     * @throws SystemCallException when the kernel refuses one of them
     */
    public static BpfLink user(BpfProgram program, AttachType type, Path file, long[] offsets, Probes.Point point) {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = BpfLink.attribute(arena, program, 0, type.number())
                    .text(16, file.toString())
                    .pointer(24, arena.allocateFrom(ValueLayout.JAVA_LONG, offsets))
                    .u32(48, offsets.length)
                    .u32(52, flags(point));
            return create(program, attribute, "6.6");
        }
    }

    private static int flags(Probes.Point point) {
        return switch (point) {
            case ENTRY -> 0;
            case RETURN -> RETURN;
        };
    }

    private static BpfLink create(BpfProgram program, BpfAttribute attribute, String since) {
        try {
            return BpfLink.create(program, attribute);
        } catch (SystemCallException refused) {
            throw new SystemCallException(refused.action(), refused.errno(), explain(refused.errno(), since));
        }
    }

    private static String explain(Errno errno, String since) {
        if (errno.equals(Errno.EINVAL)) {
            return "probes at many functions at once need Linux " + since;
        }
        if (errno.equals(Errno.EOPNOTSUPP)) {
            return "this kernel was built without probes at many functions (CONFIG_FPROBE)";
        }
        return "";
    }
}
