// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Counting;
import dev.jig.bpf.Host;
import dev.jig.bpf.btf.BtfBuilder;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.testing.HostTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@HostTest
class BpfProgramTest {
    private static ProgramDefinition filter(byte[] code) {
        return ProgramDefinition.of("filter", ProgramType.SOCKET_FILTER.number(), code, "GPL");
    }

    private static byte[] withoutReturnValue() {
        return new Assembler().add(Instructions.exit()).assemble().array();
    }

    @Test
    void shouldRunAndGo() {
        int id;
        try (Counting counting = new Counting();
                BpfProgram program = BpfProgram.load(counting.counting(ProgramType.SOCKET_FILTER))) {
            Counting.run(program, 7);
            assertThat(counting.count()).isEqualTo(7);
            id = Host.id(program.descriptor(), false);
            assertThat(Host.ids(BpfCommand.BPF_PROG_GET_NEXT_ID)).contains(id);
            assertThat(program).hasToString("program \"jig_count\"");
        }
        Host.awaitGone(BpfCommand.BPF_PROG_GET_NEXT_ID, List.of(id));
    }

    @Test
    void shouldCarryTheVerifiersLog() {
        assertThatThrownBy(() -> BpfProgram.load(filter(withoutReturnValue())))
                .isInstanceOfSatisfying(VerifierException.class, refused -> {
                    assertThat(refused.errno()).isEqualTo(Errno.EACCES);
                    assertThat(refused.program()).isEqualTo("filter");
                    assertThat(refused.log()).contains("R0 !read_ok");
                    assertThat(refused.detail()).isEmpty();
                });
        assertThat(BpfProgram.tryLoad(filter(withoutReturnValue()))).isEqualTo(-Errno.EACCES.number());
    }

    /** A loop whose log does not fit the buffer that is tried first. */
    @Test
    void shouldReadLongLogs() {
        Assembler code = new Assembler();
        for (int i = 0; i < 20_000; i++) {
            code.add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R1, i));
        }
        byte[] program = code.add(Instructions.exit()).assemble().array();
        assertThatThrownBy(() -> BpfProgram.load(filter(program)))
                .isInstanceOfSatisfying(
                        VerifierException.class,
                        refused -> assertThat(refused.log())
                                .hasSizeGreaterThan(1 << 16)
                                .contains("R0 !read_ok"));
    }

    @Test
    void shouldExplainRefusalsWithoutALog() {
        ProgramDefinition unknown = ProgramDefinition.of("odd", 9999, withoutReturnValue(), "GPL");
        assertThatThrownBy(() -> BpfProgram.load(unknown))
                .hasMessage("load program \"odd\": EINVAL: this kernel does not know the program type, attach type or a"
                        + " flag");
    }

    @Test
    void shouldSayWhatIsWrongWithTypes() {
        BtfBuilder types = new BtfBuilder();
        types.add(new BtfType.Typedef("lost", 99));
        assertThat(LoadedBtf.isAccepted(types.build())).isFalse();
        assertThatThrownBy(() -> LoadedBtf.load(types.build(), "test"))
                .isInstanceOf(SystemCallException.class)
                .hasMessageStartingWith("load the BTF of test: EINVAL: [1] TYPEDEF lost type_id=99 ");
    }

    @Test
    void shouldLoadTypes() {
        BtfBuilder types = new BtfBuilder();
        types.addInteger("int", 4, true);
        int id;
        try (LoadedBtf btf = LoadedBtf.load(types.build(), "test")) {
            id = Host.id(btf.descriptor(), true);
            assertThat(Host.ids(BpfCommand.BPF_BTF_GET_NEXT_ID)).contains(id);
        }
        Host.awaitGone(BpfCommand.BPF_BTF_GET_NEXT_ID, List.of(id));
    }
}
