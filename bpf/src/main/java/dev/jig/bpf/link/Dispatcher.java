// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts small programs in front of one that looks at packets: each tells it, in the first word of the packet's control block ({@code skb->cb[0]}), the network
 * namespace that it stands in, and goes on with it ({@code bpf_tail_call}). So one program serves all namespaces.
 */
public final class Dispatcher implements AutoCloseable {
    /** {@code cb[0]} in {@code struct __sk_buff}. */
    private static final int CONTROL_BLOCK = 48;

    private static final int TAIL_CALL = 12;

    private final ProgramDefinition target;
    private final int otherwise;
    private final BpfMap slot;

    /**
     * @param target the program to go on with; must outlive this object
     * @param otherwise what is returned where it cannot be gone on with
     */
    public Dispatcher(BpfProgram target, int otherwise) {
        this.target = target.definition();
        this.otherwise = otherwise;
        this.slot =
                BpfMap.create(MapDefinition.of("gadget_tail_cal", MapType.PROG_ARRAY, Integer.BYTES, Integer.BYTES, 1));
        byte[] descriptor = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(target.descriptor().number())
                .array();
        try {
            slot.update(new byte[Integer.BYTES], descriptor, BpfMap.ANY);
        } catch (RuntimeException refused) {
            slot.close();
            throw refused;
        }
    }

    /**
     * Makes the program for a namespace.
     *
     * @param network the lower half of the inode number of the network namespace
     * @return a program that the caller owns
     */
    public BpfProgram forNetwork(int network) {
        Assembler code = new Assembler();
        code.add(Instructions.storeImmediate(Opcode.SIZE_W, Register.R1, CONTROL_BLOCK, network));
        code.add(Instructions.loadMap(Register.R2, slot.descriptor().number()));
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R3, 0));
        code.add(Instructions.call(TAIL_CALL));
        code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R0, otherwise));
        byte[] instructions = code.add(Instructions.exit()).assemble().array();
        return BpfProgram.load(new ProgramDefinition(
                "ig_net_disp",
                target.type(),
                target.expectedAttachType(),
                instructions,
                target.license(),
                target.kernelVersion(),
                0,
                ProgramDefinition.AttachTarget.NONE,
                ProgramDefinition.DebugInfo.NONE,
                java.util.List.of()));
    }

    @Override
    public void close() {
        slot.close();
    }
}
