// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An attachment that is one descriptor: {@code BPF_LINK_CREATE} or {@code BPF_RAW_TRACEPOINT_OPEN}. */
public final class BpfLink implements Link {
    private final FileDescriptor descriptor;

    private BpfLink(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Attaches to a raw tracepoint.
     *
     * @param name the tracepoint, for instance {@code sched_switch}
     * @throws SystemCallException with {@code ENOENT} when the kernel has none of that name
     */
    public static BpfLink rawTracepoint(BpfProgram program, String name) {
        try {
            return openRawTracepoint(program, name);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ENOENT)) {
                throw new SystemCallException(refused.action(), Errno.ENOENT, "this kernel has none" + nearest(name));
            }
            throw refused;
        }
    }

    private static String nearest(String tracepoint) {
        try (TraceFs traceFs = TraceFs.open()) {
            return traceFs.nearest(tracepoint, false);
        } catch (BpfException absent) {
            return "";
        }
    }

    /**
     * Attaches a tracing or LSM program to the target it was loaded for: tp_btf, fentry, fexit, fmod_ret, lsm.
     *
     * @throws SystemCallException when the kernel refuses, for instance trampolines under lockdown
     */
    public static BpfLink tracing(BpfProgram program) {
        // Works on every kernel that has such programs; BPF_LINK_CREATE for them came only with 5.19.
        return openRawTracepoint(program, "");
    }

    private static BpfLink openRawTracepoint(BpfProgram program, String name) {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute =
                    new BpfAttribute(arena).u32(8, program.descriptor().number());
            if (!name.isEmpty()) {
                attribute.text(0, name);
            }
            String action = name.isEmpty() ? "attach " + program : "attach " + program + " to raw tracepoint " + name;
            long result = BpfCommand.BPF_RAW_TRACEPOINT_OPEN.tryCall(attribute);
            return new BpfLink(FileDescriptor.own(Kernel.check(result, action), action));
        }
    }

    /**
     * Creates a link of any other kind.
     *
     * @param target descriptor or interface index, 0 where the kind has none
     * @param attachType a number of {@code enum bpf_attach_type}
     * @throws SystemCallException when the kernel refuses
     */
    public static BpfLink create(BpfProgram program, int target, int attachType) {
        try (Arena arena = Arena.ofConfined()) {
            return create(program, attribute(arena, program, target, attachType));
        }
    }

    /**
     * Attaches an iterator program.
     *
     * @param info {@code union bpf_iter_link_info}, empty for iterators without parameters
     * @throws SystemCallException when the kernel refuses
     */
    public static BpfLink iterator(BpfProgram program, MemorySegment info) {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = attribute(arena, program, 0, AttachType.TRACE_ITER.number())
                    .pointer(16, info)
                    .u32(24, (int) info.byteSize());
            return create(program, attribute);
        }
    }

    /**
     * Attaches to a perf event through a link, which kernels from 5.15 on can.
     *
     * @return {@code -errno} or a link descriptor
     */
    static long tryPerfEvent(BpfProgram program, FileDescriptor event) {
        try (Arena arena = Arena.ofConfined()) {
            return BpfCommand.BPF_LINK_CREATE.tryCall(
                    attribute(arena, program, event.number(), AttachType.PERF_EVENT.number()));
        }
    }

    static BpfAttribute attribute(Arena arena, BpfProgram program, int target, int attachType) {
        return new BpfAttribute(arena)
                .u32(0, program.descriptor().number())
                .u32(4, target)
                .u32(8, attachType);
    }

    static BpfLink create(BpfProgram program, BpfAttribute attribute) {
        String action = "attach " + program;
        long result = BpfCommand.BPF_LINK_CREATE.tryCall(attribute);
        return new BpfLink(FileDescriptor.own(Kernel.check(result, action), action));
    }

    /**
     * Opens a reader of an iterator link; each open runs the iterator once.
     *
     * @return a descriptor that the caller owns
     */
    public FileDescriptor openIterator() {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = new BpfAttribute(arena).u32(0, descriptor.number());
            long result = BpfCommand.BPF_ITER_CREATE.tryCall(attribute);
            if (result == -Errno.EPERM.number()) {
                throw new SystemCallException("open iterator", Errno.EPERM, "iterators need CAP_BPF and CAP_PERFMON");
            }
            return FileDescriptor.own(Kernel.check(result, "open iterator"), "iterator");
        }
    }

    /** The link's descriptor, owned by this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
