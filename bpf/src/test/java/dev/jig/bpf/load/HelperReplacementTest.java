// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import org.junit.jupiter.api.Test;

class HelperReplacementTest {
    private static Bytecode calls(int... helpers) {
        Assembler assembler = new Assembler();
        for (int helper : helpers) {
            assembler.add(Instructions.call(helper));
        }
        return assembler.add(Instructions.exit()).assemble();
    }

    @Test
    void shouldKnowTheHelpersByTheirNames() {
        assertThat(Helper.name(HelperReplacement.PROBE_READ)).contains("bpf_probe_read");
        assertThat(Helper.name(HelperReplacement.PROBE_READ_STR)).contains("bpf_probe_read_str");
        assertThat(Helper.name(HelperReplacement.PROBE_READ_USER)).contains("bpf_probe_read_user");
        assertThat(Helper.name(HelperReplacement.PROBE_READ_KERNEL)).contains("bpf_probe_read_kernel");
        assertThat(Helper.name(HelperReplacement.PROBE_READ_USER_STR)).contains("bpf_probe_read_user_str");
        assertThat(Helper.name(HelperReplacement.PROBE_READ_KERNEL_STR)).contains("bpf_probe_read_kernel_str");
        assertThat(Helper.name(HelperReplacement.KTIME_GET_BOOT_NS)).contains("bpf_ktime_get_boot_ns");
    }

    @Test
    void shouldUseOlderHelpersForReading() {
        Bytecode code = calls(113, 112, 115, 114, 1);

        assertThat(HelperReplacement.apply(code, helper -> true)).isTrue();
        assertThat(code.array()).isEqualTo(calls(4, 4, 45, 45, 1).array());
    }

    @Test
    void shouldPutZeroInPlaceOfTheBootClock() {
        Bytecode code = calls(125);

        assertThat(HelperReplacement.apply(code, helper -> helper == 125)).isTrue();
        byte[] expected = new Assembler()
                .add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R0, 0))
                .add(Instructions.exit())
                .assemble()
                .array();
        assertThat(code.array()).isEqualTo(expected);
    }

    @Test
    void shouldLeaveWhatTheKernelHas() {
        Bytecode code = calls(125, 113, 114);

        assertThat(HelperReplacement.apply(code, helper -> false)).isFalse();
        assertThat(code.array()).isEqualTo(calls(125, 113, 114).array());
    }

    @Test
    void shouldNotTakeDataForCalls() {
        // The second half of a 64-bit load has no opcode of its own; this one looks like a call of helper 113.
        Bytecode code = new Assembler()
                .add(Instructions.load64(Register.R1, 113L << 32))
                .add(Instructions.exit())
                .assemble();
        code.setOpcode(1, Opcode.CALL);
        byte[] before = code.array().clone();

        assertThat(HelperReplacement.apply(code, helper -> true)).isFalse();
        assertThat(code.array()).isEqualTo(before);
    }
}
