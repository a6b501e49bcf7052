// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.program;

import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.ObjectInformation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A program in the kernel, held by a descriptor. */
public final class BpfProgram implements AutoCloseable {
    private static final int INSTRUCTION_SIZE = 8;
    private static final int MOST_ATTEMPTS = 5;
    /** {@code struct bpf_prog_info} up to and with {@code recursion_misses}. */
    private static final int INFO_SIZE = 216;

    private static final int RUN_COUNT = 200;
    private static final int RECURSION_MISSES = 208;
    private static final int FIRST_LOG_SIZE = 1 << 16;
    /** {@code UINT_MAX >> 2} is the kernel's bound; a log of this size was never seen. */
    private static final int LARGEST_LOG_SIZE = 1 << 26;

    private final ProgramDefinition definition;
    private final FileDescriptor descriptor;

    private BpfProgram(ProgramDefinition definition, FileDescriptor descriptor) {
        this.definition = definition;
        this.descriptor = descriptor;
    }

    /**
     * Loads a program. When the kernel refuses, it is asked again for its reasons.
     *
     * @throws VerifierException when the kernel refuses; carries the verifier's log
     */
    public static BpfProgram load(ProgramDefinition definition) {
        long result = tryLoad(definition);
        if (result < 0) {
            Errno errno = Errno.of((int) -result);
            String log = readLog(definition);
            throw new VerifierException(definition.name(), errno, explain(errno, log), log);
        }
        return new BpfProgram(definition, FileDescriptor.own(result, "program \"" + definition.name() + "\""));
    }

    /**
     * Loads a program without asking for reasons.
     *
     * @return a descriptor, which the caller owns, or {@code -errno}
     */
    public static long tryLoad(ProgramDefinition definition) {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = attribute(arena, definition);
            long result = -Errno.EAGAIN.number();
            // The verifier gives up with EAGAIN when a signal arrives meanwhile.
            for (int i = 0; i < MOST_ATTEMPTS && result == -Errno.EAGAIN.number(); i++) {
                result = BpfCommand.BPF_PROG_LOAD.tryCall(attribute);
            }
            return result;
        }
    }

    private static String readLog(ProgramDefinition definition) {
        for (int size = FIRST_LOG_SIZE; ; size *= 4) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment log = arena.allocate(size);
                BpfAttribute attribute =
                        attribute(arena, definition).u32(24, 1).u32(28, size).pointer(32, log);
                long result = BpfCommand.BPF_PROG_LOAD.tryCall(attribute);
                if (result == -Errno.ENOSPC.number() && size < LARGEST_LOG_SIZE) {
                    continue;
                }
                if (result >= 0) {
                    FileDescriptor.own(result, definition.name()).close();
                }
                return log.getString(0);
            }
        }
    }

    private static String explain(Errno errno, String log) {
        if (!log.isEmpty()) {
            return "";
        }
        if (errno.equals(Errno.EPERM)) {
            return "this needs CAP_BPF and, for tracing, CAP_PERFMON (run as root); a locked-down kernel also"
                    + " refuses some kinds of programs";
        }
        if (errno.equals(Errno.EINVAL)) {
            return "this kernel does not know the program type, attach type or a flag";
        }
        return "";
    }

    private static BpfAttribute attribute(Arena arena, ProgramDefinition program) {
        BpfAttribute attribute = new BpfAttribute(arena)
                .u32(0, program.type())
                .u32(4, program.instructions().length / INSTRUCTION_SIZE)
                .pointer(8, program.instructions())
                .text(16, program.license())
                .u32(40, program.kernelVersion())
                .u32(44, program.flags())
                .name(48, program.name())
                .u32(68, program.expectedAttachType())
                .u32(108, program.target().btfId())
                .u32(112, program.target().btfDescriptor());
        addDebugInfo(attribute, program.debugInfo());
        if (!program.fdArray().isEmpty()) {
            attribute.pointer(120, fdArray(arena, program));
        }
        return attribute;
    }

    private static void addDebugInfo(BpfAttribute attribute, ProgramDefinition.DebugInfo info) {
        if (info.btf() == 0) {
            return;
        }
        attribute.u32(72, info.btf());
        if (info.functions().length > 0) {
            attribute
                    .u32(76, info.functionRecordSize())
                    .pointer(80, info.functions())
                    .u32(88, info.functions().length / info.functionRecordSize());
        }
        if (info.lines().length > 0) {
            attribute
                    .u32(92, info.lineRecordSize())
                    .pointer(96, info.lines())
                    .u32(104, info.lines().length / info.lineRecordSize());
        }
    }

    private static MemorySegment fdArray(Arena arena, ProgramDefinition program) {
        MemorySegment array =
                arena.allocate(ValueLayout.JAVA_INT, program.fdArray().size());
        for (int i = 0; i < program.fdArray().size(); i++) {
            array.setAtIndex(ValueLayout.JAVA_INT, i, program.fdArray().get(i));
        }
        return array;
    }

    /**
     * How often the kernel passed the program over because another one was running on the same processor; 0 on kernels
     * before 5.12, which do not count ({@code bpf_prog_info.recursion_misses}).
     *
     * @throws dev.jig.bpf.sys.SystemCallException when the kernel refuses
     */
    public long recursionMisses() {
        return information(RECURSION_MISSES);
    }

    /** How often the program ran while somebody had the kernel count ({@code bpf_prog_info.run_cnt}). */
    long countedRuns() {
        return information(RUN_COUNT);
    }

    private long information(long offset) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_SIZE, Long.BYTES);
            ObjectInformation.read(descriptor, info);
            return info.get(ValueLayout.JAVA_LONG, offset);
        }
    }

    /** What was loaded. */
    public ProgramDefinition definition() {
        return definition;
    }

    /** The descriptor, owned by this program. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return descriptor.toString();
    }
}
