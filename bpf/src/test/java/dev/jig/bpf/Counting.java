// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Label;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A program that counts how often it runs, and may write each number into a ring. */
public final class Counting implements AutoCloseable {
    private static final int MAP_LOOKUP_ELEM = 1;
    private static final int PERF_EVENT_OUTPUT = 25;
    private static final long CURRENT_PROCESSOR = 0xffff_ffffL;
    private static final int RINGBUF_OUTPUT = 130;
    private static final int RINGBUF_RESERVE = 131;
    private static final int RINGBUF_DISCARD = 133;
    private static final int SMALLEST_PACKET = 64;

    private final BpfMap counter;

    /** A counter that stands at 0. */
    public Counting() {
        counter = BpfMap.create(MapDefinition.of("counter", MapType.ARRAY, 4, 8, 1));
    }

    /** How often the programs ran. */
    public long count() {
        byte[] value = counter.lookup(new byte[4]).orElseThrow();
        return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong();
    }

    /** A program of this type that counts. */
    public ProgramDefinition counting(ProgramType type) {
        Assembler code = new Assembler();
        Label end = startCounting(code);
        return definition(type, end(code, end));
    }

    /** A socket filter that writes numbers into a ring, 8 bytes in records of this size. */
    public BpfProgram writingTo(BpfMap ring, int recordSize) {
        Assembler code = new Assembler();
        Label end = startCounting(code);
        for (int offset = 16; offset <= recordSize; offset += 8) {
            code.add(Instructions.storeImmediate(Opcode.SIZE_DW, Register.R10, -offset, 0));
        }
        code.add(Instructions.store(Opcode.SIZE_DW, Register.R10, -recordSize, Register.R6));
        code.add(Instructions.loadMap(Register.R1, ring.descriptor().number()));
        code.add(Instructions.arithmetic(Opcode.MOV, Register.R2, Register.R10));
        code.add(Instructions.arithmeticImmediate(Opcode.ADD, Register.R2, -recordSize));
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R3, recordSize));
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R4, 0));
        code.add(Instructions.call(RINGBUF_OUTPUT));
        return BpfProgram.load(definition(ProgramType.SOCKET_FILTER, end(code, end)));
    }

    /** A socket filter that writes numbers into this processor's perf buffer, 8 bytes each. */
    public BpfProgram writingToPerf(BpfMap buffer) {
        Assembler code = new Assembler();
        code.add(Instructions.arithmetic(Opcode.MOV, Register.R7, Register.R1));
        Label end = startCounting(code);
        code.add(Instructions.store(Opcode.SIZE_DW, Register.R10, -16, Register.R6));
        code.add(Instructions.arithmetic(Opcode.MOV, Register.R1, Register.R7));
        code.add(Instructions.loadMap(Register.R2, buffer.descriptor().number()));
        code.add(Instructions.load64(Register.R3, CURRENT_PROCESSOR));
        code.add(Instructions.arithmetic(Opcode.MOV, Register.R4, Register.R10));
        code.add(Instructions.arithmeticImmediate(Opcode.ADD, Register.R4, -16));
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R5, 8));
        code.add(Instructions.call(PERF_EVENT_OUTPUT));
        return BpfProgram.load(definition(ProgramType.SOCKET_FILTER, end(code, end)));
    }

    /** A socket filter that takes room in a ring and gives it back. */
    public BpfProgram discardingIn(BpfMap ring) {
        Assembler code = new Assembler();
        Label end = code.label("end");
        code.add(Instructions.loadMap(Register.R1, ring.descriptor().number()));
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R2, 8));
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R3, 0));
        code.add(Instructions.call(RINGBUF_RESERVE));
        code.add(Instructions.jumpIfImmediate(Opcode.JEQ, Register.R0, 0), end);
        code.add(Instructions.arithmetic(Opcode.MOV, Register.R1, Register.R0));
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R2, 0));
        code.add(Instructions.call(RINGBUF_DISCARD));
        return BpfProgram.load(definition(ProgramType.SOCKET_FILTER, end(code, end)));
    }

    /** Adds one to the counter; the number is then in R6. */
    private Label startCounting(Assembler code) {
        Label end = code.label("end");
        code.add(Instructions.storeImmediate(Opcode.SIZE_W, Register.R10, -4, 0));
        code.add(Instructions.loadMap(Register.R1, counter.descriptor().number()));
        code.add(Instructions.arithmetic(Opcode.MOV, Register.R2, Register.R10));
        code.add(Instructions.arithmeticImmediate(Opcode.ADD, Register.R2, -4));
        code.add(Instructions.call(MAP_LOOKUP_ELEM));
        code.add(Instructions.jumpIfImmediate(Opcode.JEQ, Register.R0, 0), end);
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R1, 1));
        code.add(Instructions.atomicAdd(Opcode.SIZE_DW, Register.R0, 0, Register.R1));
        code.add(Instructions.load(Opcode.SIZE_DW, Register.R6, Register.R0, 0));
        return end;
    }

    private static byte[] end(Assembler code, Label end) {
        code.place(end);
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R0, 0));
        return code.add(Instructions.exit()).assemble().array();
    }

    private static ProgramDefinition definition(ProgramType type, byte[] code) {
        return ProgramDefinition.of("jig_count", type.number(), code, "GPL")
                .withKernelVersion(KernelVersion.running().code());
    }

    /** Runs a socket filter some times with an empty packet ({@code BPF_PROG_TEST_RUN}). */
    public static void run(BpfProgram program, int times) {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = new BpfAttribute(arena)
                    .u32(0, program.descriptor().number())
                    .u32(8, SMALLEST_PACKET)
                    .pointer(16, arena.allocate(SMALLEST_PACKET))
                    .u32(32, times);
            BpfCommand.BPF_PROG_TEST_RUN.call(attribute, "of " + program);
        }
    }

    @Override
    public void close() {
        counter.close();
    }
}
