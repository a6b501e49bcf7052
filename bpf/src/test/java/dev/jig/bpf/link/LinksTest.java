// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.Counting;
import dev.jig.bpf.Host;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.program.ProgramDefinition.AttachTarget;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.testing.HostTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs at hooks of this machine's kernel. */
@HostTest
@Timeout(60)
class LinksTest {
    private static final int SEQ_WRITE = 127;

    private final Counting counting = new Counting();

    @AfterEach
    void close() {
        counting.close();
    }

    /** The program runs while it is attached, does not run any more afterwards, and leaves no link behind. */
    private void check(ProgramDefinition definition, Function<BpfProgram, Link> attach) {
        SortedSet<Integer> before = Host.ids(BpfCommand.BPF_LINK_GET_NEXT_ID);
        SortedSet<Integer> during;
        try (BpfProgram program = BpfProgram.load(definition)) {
            try (Link link = attach.apply(program)) {
                during = Host.ids(BpfCommand.BPF_LINK_GET_NEXT_ID);
                while (counting.count() == 0) {
                    callKernel();
                }
                assertThat(link).isNotNull();
            }
            long count = counting.count();
            callKernel();
            assertThat(counting.count()).isEqualTo(count);
        }
        during.removeAll(before);
        Host.awaitGone(BpfCommand.BPF_LINK_GET_NEXT_ID, during);
    }

    private static void callKernel() {
        for (int i = 0; i < 100; i++) {
            Kernel.call(SystemCall.GETPID, 0, 0, 0);
        }
    }

    @Test
    void shouldAttachToTracepoints() {
        try (TraceFs traceFs = TraceFs.open()) {
            check(
                    counting.counting(ProgramType.TRACEPOINT),
                    program -> new Tracepoints(traceFs).attach(program, "raw_syscalls", "sys_enter"));
        }
    }

    @Test
    void shouldNameTracepointsThatAreNotThere() {
        try (TraceFs traceFs = TraceFs.open();
                BpfProgram program = BpfProgram.load(counting.counting(ProgramType.TRACEPOINT))) {
            Tracepoints tracepoints = new Tracepoints(traceFs);
            assertThatThrownBy(() -> tracepoints.attach(program, "raw_syscalls", "no_such_event"))
                    .isInstanceOf(BpfException.class)
                    .hasMessage("this kernel has no tracepoint raw_syscalls/no_such_event");
        }
    }

    @Test
    void shouldAttachToRawTracepoints() {
        check(counting.counting(ProgramType.RAW_TRACEPOINT), program -> BpfLink.rawTracepoint(program, "sys_enter"));
    }

    @Test
    void shouldSayWhichRawTracepointIsNotThere() {
        try (BpfProgram program = BpfProgram.load(counting.counting(ProgramType.RAW_TRACEPOINT))) {
            assertThatThrownBy(() -> BpfLink.rawTracepoint(program, "no_such_event"))
                    .hasMessageContaining("to raw tracepoint no_such_event: ENOENT");
        }
    }

    @Test
    void shouldAttachToTypedTracepoints() {
        int type = KernelBtf.open(Optional.empty())
                .find("btf_trace_sys_enter", BtfKind.TYPEDEF)
                .orElseThrow();
        check(
                counting.counting(ProgramType.TRACING)
                        .withTarget(AttachType.TRACE_RAW_TP.number(), new AttachTarget(type, 0), 0),
                BpfLink::tracing);
    }

    @Test
    void shouldSampleByTime() {
        check(
                counting.counting(ProgramType.PERF_EVENT),
                program ->
                        PerfEvents.ofProcessors(program, PerfCounter.SW_CPU_CLOCK, new PerfSampling.Frequency(1000)));
    }

    @Test
    void shouldSampleOneThreadByPeriod() {
        check(
                counting.counting(ProgramType.PERF_EVENT),
                program ->
                        PerfEvents.ofThread(program, PerfCounter.SW_TASK_CLOCK, new PerfSampling.Period(1_000_000), 0));
    }

    @Test
    void shouldCountInHardwareOrSayThatThereIsNone() {
        try (BpfProgram program = BpfProgram.load(counting.counting(ProgramType.PERF_EVENT));
                Link link =
                        PerfEvents.ofProcessors(program, PerfCounter.HW_CPU_CYCLES, new PerfSampling.Period(100_000))) {
            assertThat(link).isNotNull();
            while (counting.count() == 0) {
                callKernel();
            }
        } catch (SystemCallException refused) {
            assertThat(refused)
                    .hasMessageContaining("PERF_COUNT_HW_CPU_CYCLES")
                    .hasMessageEndingWith("this machine has no such counter");
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchThread() {
        try (BpfProgram program = BpfProgram.load(counting.counting(ProgramType.PERF_EVENT))) {
            assertThatThrownBy(() -> PerfEvents.ofThread(
                            program, PerfCounter.SW_CPU_CLOCK, new PerfSampling.Frequency(10), Integer.MAX_VALUE))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageContaining("of thread " + Integer.MAX_VALUE + ": ESRCH");
        }
    }

    /** The C library's {@code syscall}, which all of our calls go through. */
    @Test
    void shouldAttachToFunctionsOfPrograms() {
        Place place =
                place(Linker.nativeLinker().defaultLookup().find("syscall").orElseThrow());
        check(
                counting.counting(ProgramType.KPROBE),
                program -> new Probes(Kernel.architecture())
                        .user(program, place.file(), place.offset(), -1, 0, Probes.Point.ENTRY));
    }

    @Test
    void shouldAttachToReturnsOfFunctionsOfOneProcess() {
        Place place =
                place(Linker.nativeLinker().defaultLookup().find("syscall").orElseThrow());
        int self = (int) ProcessHandle.current().pid();
        check(
                counting.counting(ProgramType.KPROBE),
                program -> new Probes(Kernel.architecture())
                        .user(program, place.file(), place.offset(), self, 0, Probes.Point.RETURN));
    }

    private record Place(Path file, long offset) {}

    /** Where an address of this process is in the file that it was mapped from ({@code proc_pid_maps.5}). */
    private static Place place(MemorySegment function) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
                List<String> parts = List.of(line.split(" +", 6));
                List<String> range = List.of(parts.getFirst().split("-", 2));
                long start = Long.parseUnsignedLong(range.getFirst(), 16);
                long end = Long.parseUnsignedLong(range.getLast(), 16);
                if (function.address() >= start && function.address() < end) {
                    long offset = Long.parseLong(parts.get(2), 16);
                    return new Place(Path.of(parts.getLast()), function.address() - start + offset);
                }
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        throw new AssertionError("no file at " + function);
    }

    /** A program that writes eight bytes for each task, and once more at the end. */
    @Test
    void shouldReadIterators() {
        int type = KernelBtf.open(Optional.empty())
                .find("bpf_iter_task", BtfKind.FUNCTION)
                .orElseThrow();
        byte[] code = new Assembler()
                .add(Instructions.storeImmediate(Opcode.SIZE_DW, Register.R10, -8, 7))
                .add(Instructions.load(Opcode.SIZE_DW, Register.R1, Register.R1, 0))
                .add(Instructions.load(Opcode.SIZE_DW, Register.R1, Register.R1, 0))
                .add(Instructions.arithmetic(Opcode.MOV, Register.R2, Register.R10))
                .add(Instructions.arithmeticImmediate(Opcode.ADD, Register.R2, -8))
                .add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R3, 8))
                .add(Instructions.call(SEQ_WRITE))
                .add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R0, 0))
                .add(Instructions.exit())
                .assemble()
                .array();
        ProgramDefinition definition = ProgramDefinition.of("tasks", ProgramType.TRACING.number(), code, "GPL")
                .withTarget(AttachType.TRACE_ITER.number(), new AttachTarget(type, 0), 0);
        try (BpfProgram program = BpfProgram.load(definition);
                BpfLink link = BpfLink.iterator(program, MemorySegment.NULL)) {
            long first = readAll(link);
            assertThat(first)
                    .isGreaterThan(8)
                    .satisfies(length -> assertThat(length % 8).isZero());
            assertThat(readAll(link)).as("runs again for each reader").isPositive();
        }
    }

    private static long readAll(BpfLink link) {
        long length = 0;
        try (FileDescriptor iterator = link.openIterator();
                Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(4096);
            long read = iterator.read(buffer);
            while (read > 0) {
                length += read;
                read = iterator.read(buffer);
            }
        }
        return length;
    }

    @Test
    void shouldMountTracingForItself() throws IOException {
        try (FileDescriptor mount = TraceFs.mountPrivately();
                TraceFs traceFs = TraceFs.open()) {
            Path id = Path.of("/proc/self/fd/" + mount.number(), "events", "raw_syscalls", "sys_enter", "id");
            assertThat(Long.parseLong(Files.readString(id).strip()))
                    .isEqualTo(traceFs.tracepointId("raw_syscalls", "sys_enter"));
        }
    }
}
