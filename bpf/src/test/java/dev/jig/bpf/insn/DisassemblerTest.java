// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import static dev.jig.bpf.insn.Register.R0;
import static dev.jig.bpf.insn.Register.R1;
import static dev.jig.bpf.insn.Register.R10;
import static dev.jig.bpf.insn.Register.R2;
import static dev.jig.bpf.insn.Register.R3;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The expected texts are those of {@code bpftool prog dump xlated}, which prints with the kernel's own code. */
class DisassemblerTest {
    private static String text(Instruction instruction) {
        return new Disassembler(new Assembler().add(instruction).assemble()).text(0);
    }

    private static String raw(int opcode, int destination, int source, int offset, int immediate) {
        return text(new Instruction(opcode, destination, source, offset, immediate));
    }

    @Test
    void shouldPrintArithmetic() {
        assertThat(text(Instructions.move(R1, R10))).isEqualTo("r1 = r10");
        assertThat(text(Instructions.moveImmediate(R1, -8))).isEqualTo("r1 = -8");
        assertThat(text(Instructions.arithmeticImmediate(Opcode.ADD, R2, -16))).isEqualTo("r2 += -16");
        assertThat(text(Instructions.arithmetic32(Opcode.XOR, R2, R3))).isEqualTo("w2 ^= w3");
        assertThat(text(Instructions.arithmeticImmediate32(Opcode.ARSH, R2, 3))).isEqualTo("w2 s>>= 3");
        assertThat(raw(0x87, 3, 0, 0, 0)).isEqualTo("r3 = -r3");
        assertThat(text(Instructions.toBigEndian(R1, 16))).isEqualTo("r1 = be16 r1");
        assertThat(raw(0xd4, 1, 0, 0, 32)).isEqualTo("r1 = le32 r1");
        assertThat(raw(0xd7, 1, 0, 0, 64)).isEqualTo("r1 = bswap64 r1");
    }

    @Test
    void shouldPrintArithmeticOfCpuVersionFour() {
        assertThat(raw(0x3f, 1, 2, 1, 0)).isEqualTo("r1 s/= r2");
        assertThat(raw(0x94, 1, 0, 1, 7)).isEqualTo("w1 s%= 7");
        assertThat(raw(0xbf, 1, 2, 8, 0)).isEqualTo("r1 = (s8)r2");
        assertThat(raw(0xbc, 1, 2, 16, 0)).isEqualTo("w1 = (s16)w2");
        assertThat(raw(0xbf, 1, 2, 1, 1 << 16)).isEqualTo("r1 = addr_space_cast(r2, 1, 0)");
        assertThat(raw(0xbf, 1, 2, -1, 0)).isEqualTo("r1 = &(void __percpu *)(r2)");
    }

    @Test
    void shouldPrintMemoryAccess() {
        assertThat(text(Instructions.store(Opcode.SIZE_DW, R10, -8, R1))).isEqualTo("*(u64 *)(r10 -8) = r1");
        assertThat(text(Instructions.storeImmediate(Opcode.SIZE_B, R10, -1, 5))).isEqualTo("*(u8 *)(r10 -1) = 5");
        assertThat(text(Instructions.load(Opcode.SIZE_H, R1, R2, 0))).isEqualTo("r1 = *(u16 *)(r2 +0)");
        assertThat(raw(0x81, 1, 2, 4, 0)).isEqualTo("r1 = *(s32 *)(r2 +4)");
        assertThat(text(Instructions.loadPacket(Opcode.SIZE_H, 12))).isEqualTo("r0 = *(u16 *)skb[12]");
        assertThat(raw(0x50, 0, 3, 0, 4)).isEqualTo("r0 = *(u8 *)skb[r3 + 4]");
    }

    @Test
    void shouldPrintAtomicOperations() {
        assertThat(text(Instructions.atomicAdd(Opcode.SIZE_DW, R1, 8, R2))).isEqualTo("lock *(u64 *)(r1 +8) += r2");
        assertThat(raw(0xc3, 1, 2, -4, 0x41)).isEqualTo("r2 = atomic_fetch_or((u32 *)(r1 -4), r2)");
        assertThat(raw(0xdb, 1, 2, 0, 0xf1)).isEqualTo("r0 = atomic64_cmpxchg((u64 *)(r1 +0), r0, r2)");
        assertThat(raw(0xdb, 1, 2, 0, 0xe1)).isEqualTo("r2 = atomic64_xchg((u64 *)(r1 +0), r2)");
        assertThat(raw(0xdb, 1, 2, 0, 0x100)).isEqualTo("r1 = load_acquire((u64 *)(r2 +0))");
        assertThat(raw(0xdb, 1, 2, 0, 0x110)).isEqualTo("store_release((u64 *)(r1 +0), r2)");
        assertThat(raw(0xdb, 1, 2, 0, 0x99)).isEqualTo("BUG_db");
    }

    @Test
    void shouldPrintJumps() {
        Assembler assembler = new Assembler();
        Label end = assembler.label("end");
        Bytecode code = assembler
                .add(Instructions.jumpIfImmediate(Opcode.JEQ, R0, 0), end)
                .add(Instructions.jumpIf32(Opcode.JSGT, R1, R2), end)
                .add(Instructions.jumpIfImmediate(Opcode.JNE, R1, -1), end)
                .add(Instructions.jump(), end)
                .place(end)
                .add(Instructions.exit())
                .assemble();

        assertThat(new Disassembler(code).listing()).isEqualTo("""
                0: if r0 == 0x0 goto pc+3
                1: if w1 s> w2 goto pc+2
                2: if r1 != 0xffffffff goto pc+1
                3: goto pc+0
                4: exit
                """);
        assertThat(raw(0x06, 0, 0, 0, -5)).isEqualTo("gotol pc-5");
        assertThat(raw(0xe5, 0, 0, 7, 0)).isEqualTo("may_goto pc+7");
    }

    @Test
    void shouldPrintCalls() {
        assertThat(text(Instructions.call(1))).isEqualTo("call bpf_map_lookup_elem#1");
        assertThat(text(Instructions.call(195896080))).isEqualTo("call unknown#195896080");
        assertThat(raw(0x85, 0, 1, 0, -4)).isEqualTo("call pc-4");
        assertThat(raw(0x85, 0, 2, 0, 100)).isEqualTo("call kernel-function#100");
    }

    @Test
    void shouldPrintWideLoads() {
        assertThat(text(Instructions.load64(R1, 0x1234567890L))).isEqualTo("r1 = 0x1234567890");
        assertThat(text(Instructions.loadMap(R1, 5))).isEqualTo("r1 = map[fd:5]");
        assertThat(text(Instructions.loadMapValue(R1, 5, 8))).isEqualTo("r1 = map[fd:5][0]+8");
        assertThat(new Disassembler(Bytecode.wrap(new byte[] {0x18, 0, 0, 0, 0, 0, 0, 0})).text(0))
                .isEqualTo("r0 = ?");
    }

    @Test
    void shouldPrintNamesThatAreGiven() {
        Bytecode code = new Assembler()
                .add(Instructions.loadMap(R1, 0))
                .add(new Instruction(Opcode.CALL, 0, PseudoSource.KERNEL_FUNCTION_CALL, 0, 77))
                .assemble();
        Operands names = new Operands() {
            @Override
            public Optional<String> load(int slot) {
                return Optional.of("map[events]");
            }

            @Override
            public Optional<String> call(int slot) {
                return Optional.of("bpf_rcu_read_lock");
            }
        };

        assertThat(new Disassembler(code, names).listing()).isEqualTo("""
                0: r1 = map[events]
                2: call bpf_rcu_read_lock#77
                """);
    }

    @Test
    void shouldPrintWhatIsNoInstruction() {
        for (int opcode = 0; opcode < 256; opcode++) {
            Bytecode code = Bytecode.ofSlots(1);
            code.set(0, opcode, 15, 15, -1, -1);

            assertThat(new Disassembler(code).text(0)).isNotEmpty();
        }
    }
}
