// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

import static dev.jig.bpf.insn.Instructions.arithmeticImmediate;
import static dev.jig.bpf.insn.Instructions.call;
import static dev.jig.bpf.insn.Instructions.exit;
import static dev.jig.bpf.insn.Instructions.jumpIf;
import static dev.jig.bpf.insn.Instructions.jumpIfImmediate;
import static dev.jig.bpf.insn.Instructions.load;
import static dev.jig.bpf.insn.Instructions.load64;
import static dev.jig.bpf.insn.Instructions.move;
import static dev.jig.bpf.insn.Instructions.moveImmediate;
import static dev.jig.bpf.insn.Instructions.store;
import static dev.jig.bpf.insn.Register.R0;
import static dev.jig.bpf.insn.Register.R1;
import static dev.jig.bpf.insn.Register.R10;
import static dev.jig.bpf.insn.Register.R2;
import static dev.jig.bpf.insn.Register.R3;
import static dev.jig.bpf.insn.Register.R6;
import static dev.jig.bpf.insn.Register.R7;
import static dev.jig.bpf.insn.Register.R8;
import static dev.jig.bpf.insn.Register.R9;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Label;
import dev.jig.bpf.insn.Opcode;
import java.nio.charset.StandardCharsets;

/**
 * The code of iterator programs over all open files of all tasks ({@code bpf_iter__task_file}: meta, task, descriptor, file).
 * Which files are programs is told by their operations; the addresses of these are learnt from files of our own, so that no
 * symbols are needed.
 */
final class HolderProgram {
    /** Of a record: program id, process, 16 bytes of name; or descriptor, 0, address. */
    static final int RECORD_SIZE = 24;

    private static final int CONTEXT_TASK = 8;
    private static final int CONTEXT_DESCRIPTOR = 16;
    private static final int CONTEXT_FILE = 24;
    private static final int NAME_SIZE = 16;

    private static final int GET_CURRENT_PID_TGID = 14;
    private static final int PROBE_READ_KERNEL = 113;
    private static final int SEQ_WRITE = 127;

    private final Btf kernel;

    HolderProgram(Btf kernel) {
        this.kernel = kernel;
    }

    /** Writes a record for each file of the process that reads: the descriptor and the address of the file's operations. */
    byte[] learning() {
        Assembler code = new Assembler();
        Label end = code.label("end");
        begin(code, end);
        code.add(call(GET_CURRENT_PID_TGID))
                .add(arithmeticImmediate(Opcode.RSH, R0, Integer.SIZE))
                .add(load(Opcode.SIZE_W, R1, R7, offset("task_struct", "tgid")))
                .add(jumpIf(Opcode.JNE, R0, R1), end)
                .add(load(Opcode.SIZE_W, R1, R6, CONTEXT_DESCRIPTOR))
                .add(store(Opcode.SIZE_DW, R10, -RECORD_SIZE, R1))
                .add(store(Opcode.SIZE_DW, R10, -16, R9))
                .add(store(Opcode.SIZE_DW, R10, -8, R9));
        return finish(code, end);
    }

    /**
     * Writes a record for each file that is a program or a link of one.
     *
     * @param programOperations address of {@code bpf_prog_fops}
     * @param linkOperations address of {@code bpf_link_fops}
     */
    byte[] finding(long programOperations, long linkOperations) {
        Assembler code = new Assembler();
        Label end = code.label("end");
        Label program = code.label("program");
        begin(code, end);
        code.add(load(Opcode.SIZE_DW, R8, R8, offset("file", "private_data")))
                .add(load64(R1, programOperations))
                .add(jumpIf(Opcode.JEQ, R9, R1), program)
                .add(load64(R1, linkOperations))
                .add(jumpIf(Opcode.JNE, R9, R1), end);
        follow(code, "bpf_link", "prog", end);
        code.place(program);
        follow(code, "bpf_prog", "aux", end);
        read(code, R8, offset("bpf_prog_aux", "id"), Integer.BYTES, -RECORD_SIZE);
        code.add(load(Opcode.SIZE_W, R1, R7, offset("task_struct", "tgid")))
                .add(store(Opcode.SIZE_W, R10, -RECORD_SIZE + Integer.BYTES, R1))
                .add(load(Opcode.SIZE_DW, R7, R7, offset("task_struct", "group_leader")));
        read(code, R7, offset("task_struct", "comm"), NAME_SIZE, -NAME_SIZE);
        return finish(code, end);
    }

    /** R6: context, R7: task, R8: file, R9: the file's operations. */
    private void begin(Assembler code, Label end) {
        code.add(move(R6, R1))
                .add(load(Opcode.SIZE_DW, R7, R6, CONTEXT_TASK))
                .add(jumpIfImmediate(Opcode.JEQ, R7, 0), end)
                .add(load(Opcode.SIZE_DW, R8, R6, CONTEXT_FILE))
                .add(jumpIfImmediate(Opcode.JEQ, R8, 0), end)
                .add(load(Opcode.SIZE_DW, R9, R8, offset("file", "f_op")));
    }

    /** R8 becomes what a member points at; links need not have a program. */
    private void follow(Assembler code, String structure, String member, Label end) {
        read(code, R8, offset(structure, member), Long.BYTES, -Long.BYTES);
        code.add(load(Opcode.SIZE_DW, R8, R10, -Long.BYTES)).add(jumpIfImmediate(Opcode.JEQ, R8, 0), end);
    }

    private static void read(Assembler code, int base, int offset, int size, int stack) {
        code.add(move(R1, R10))
                .add(arithmeticImmediate(Opcode.ADD, R1, stack))
                .add(moveImmediate(R2, size))
                .add(move(R3, base))
                .add(arithmeticImmediate(Opcode.ADD, R3, offset))
                .add(call(PROBE_READ_KERNEL));
    }

    private static byte[] finish(Assembler code, Label end) {
        code.add(load(Opcode.SIZE_DW, R1, R6, 0))
                .add(load(Opcode.SIZE_DW, R1, R1, 0))
                .add(move(R2, R10))
                .add(arithmeticImmediate(Opcode.ADD, R2, -RECORD_SIZE))
                .add(moveImmediate(R3, RECORD_SIZE))
                .add(call(SEQ_WRITE));
        code.place(end).add(moveImmediate(R0, 0)).add(exit());
        return code.assemble().array();
    }

    private int offset(String structure, String member) {
        int type = kernel.find(structure, BtfKind.STRUCT)
                .orElseThrow(() -> new BpfException("the kernel's types have no struct " + structure));
        int bits = bitOffset(type, member.getBytes(StandardCharsets.US_ASCII));
        if (bits < 0) {
            throw new BpfException("the kernel's struct " + structure + " has no member " + member);
        }
        return bits / Byte.SIZE;
    }

    /** Members of anonymous members count; -1 for none. */
    private int bitOffset(int type, byte[] member) {
        for (int i = kernel.nextMember(type, 0, member); i >= 0; i = kernel.nextMember(type, i + 1, member)) {
            int at = kernel.memberBitOffset(type, i);
            if (!kernel.elementName(type, i).isEmpty()) {
                return at;
            }
            int inner = bitOffset(kernel.withoutModifiers(kernel.memberType(type, i)), member);
            if (inner >= 0) {
                return at + inner;
            }
        }
        return -1;
    }
}
