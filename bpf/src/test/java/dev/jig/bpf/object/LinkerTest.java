// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.Fixtures;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfBuilder;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Disassembler;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.PseudoSource;
import dev.jig.bpf.insn.Register;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkerTest {
    private final ObjectFile object = ObjectFile.parse("everything.o", Fixtures.everything());

    private LinkedProgram link(String name) {
        return new Linker(object, CoreTargets.of(object.btf()))
                .link(object.program(name).orElseThrow());
    }

    @Test
    void shouldAppendEachCalledFunctionOnce() {
        LinkedProgram program = link("main_program");

        assertThat(program.functions())
                .extracting(placement -> placement.function().name())
                .containsExactly("main_program", "shared", "leaf");
        assertThat(link("second").functions())
                .extracting(placement -> placement.function().name())
                .containsExactly("second", "each", "leaf");
    }

    @Test
    void shouldSetDistancesOfCallsAndCallbacks() {
        LinkedProgram program = link("second");
        Bytecode code = program.code();
        int each = program.functions().get(1).firstSlot();
        int callback = -1;
        for (int slot = 0; slot < code.slots(); slot++) {
            if (code.isWide(slot) && code.source(slot) == PseudoSource.FUNCTION) {
                callback = slot;
            }
            slot += code.isWide(slot) ? 1 : 0;
        }

        assertThat(callback).isNotNegative();
        assertThat(callback + code.immediate(callback) + 1).isEqualTo(each);
    }

    @Test
    void shouldNameWhatTheLoaderHasToFillIn() {
        LinkedProgram main = link("main_program");
        LinkedProgram second = link("second");

        assertThat(main.references())
                .anyMatch(reference ->
                        reference instanceof Reference.ToMap map && map.map().equals("events"));
        assertThat(main.references())
                .anyMatch(reference -> reference instanceof Reference.ToData data
                        && data.section().equals(".rodata"));
        assertThat(main.references())
                .anyMatch(reference -> reference instanceof Reference.ToConfiguration configuration
                        && configuration.variable().name().equals("LINUX_KERNEL_VERSION"));
        assertThat(second.references()).anyMatch(Reference.ToKernelSymbol.class::isInstance);
        assertThat(second.references())
                .anyMatch(reference -> reference instanceof Reference.ToTypedSymbol symbol && symbol.function());
        assertThat(second.references())
                .anyMatch(reference -> reference instanceof Reference.ToKernelFunction function
                        && function.name().equals("some_function")
                        && function.weak());
    }

    @Test
    void shouldPointEachReferenceAtItsInstruction() {
        LinkedProgram program = link("main_program");
        Bytecode code = program.code();
        for (Reference reference : program.references()) {
            int expected = reference instanceof Reference.ToMap ? PseudoSource.MAP_FD : PseudoSource.MAP_VALUE;

            assertThat(code.isWide(reference.instruction())).isTrue();
            assertThat(code.source(reference.instruction())).isEqualTo(expected);
        }
    }

    @Test
    void shouldSayWhatIsMissingFromTheKernel() {
        BtfBuilder builder = new BtfBuilder();
        int number = builder.addInteger("int", 4, true);
        builder.addStruct("kernel_thing", 4, List.of(new BtfType.Member("a", number, 0, 0)));
        CoreTargets poor = CoreTargets.of(Btf.parse("poor", builder.build()));
        LinkedProgram program =
                new Linker(object, poor).link(object.program("main_program").orElseThrow());

        assertThat(program.poisons()).isNotEmpty();
        BpfPoison poison = program.poisons().getFirst();
        assertThat(program.code().immediate(poison.instruction())).isEqualTo(BpfPoison.HELPER);
        assertThat(program.poisonAt(poison.instruction())).contains(poison);
        assertThat(program.poisons())
                .extracting(BpfPoison::message)
                .anySatisfy(message -> assertThat(message)
                        .contains("struct kernel_thing.inner.list[2]")
                        .contains("this kernel's struct kernel_thing has no such field"));
        assertThat(program.poisons())
                .extracting(BpfPoison::message)
                .anySatisfy(message -> assertThat(message).contains("this kernel has no struct absent_thing"));
    }

    @Test
    void shouldKnowTheSourceLineOfEachInstruction() {
        LinkedProgram program = link("main_program");
        LinkedProgram.Placement leaf = program.functions().getLast();

        SourceLine line = program.sourceLine(leaf.firstSlot()).orElseThrow();
        assertThat(line.file()).endsWith("everything.bpf.c");
        assertThat(line.text()).contains("leaf(int x)");
        assertThat(line.line()).isPositive();
        assertThat(program.sourceLine(100_000)).isEmpty();
        assertThat(program.sourceLine(-1)).isEmpty();
    }

    @Test
    void shouldRebaseFunctionAndLineRecords() {
        LinkedProgram program = link("main_program");
        Bytecode functions = Bytecode.wrap(program.functionInformation());

        assertThat(functions.slots()).isEqualTo(3);
        for (int i = 0; i < functions.slots(); i++) {
            assertThat(firstWord(program.functionInformation(), i * ProgramInformation.FUNCTION_SIZE))
                    .isEqualTo(program.functions().get(i).firstSlot());
        }
        byte[] lines = program.lineInformation();
        int before = -1;
        for (int at = 0; at < lines.length; at += ProgramInformation.LINE_SIZE) {
            assertThat(firstWord(lines, at))
                    .isGreaterThan(before)
                    .isLessThan(program.code().slots());
            before = firstWord(lines, at);
        }
    }

    private static int firstWord(byte[] bytes, int at) {
        return java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.nativeOrder())
                .getInt(at);
    }

    @Test
    void shouldTakeInsertedCodeIntoAFunction() {
        LinkedProgram program = link("main_program");
        LinkedProgram.Placement shared = program.functions().get(1);
        int slots = program.code().slots();
        Bytecode filter = new Assembler()
                .add(Instructions.moveImmediate(Register.R2, 1))
                .add(Instructions.moveImmediate(Register.R3, 2))
                .assemble();
        LinkedProgram changed = program.insertBefore(shared.firstSlot(), filter);

        assertThat(changed.code().slots()).isEqualTo(slots + 2);
        assertThat(changed.functions().get(1)).isEqualTo(shared);
        assertThat(changed.functions().get(2).firstSlot())
                .isEqualTo(program.functions().get(2).firstSlot() + 2);
        assertThat(firstWord(changed.functionInformation(), 8)).isEqualTo(shared.firstSlot());
        assertThat(firstWord(changed.functionInformation(), 16))
                .isEqualTo(changed.functions().get(2).firstSlot());
        assertThat(changed.sourceLine(shared.firstSlot() + 2)).isEqualTo(program.sourceLine(shared.firstSlot()));
        assertThat(changed.sourceLine(slots + 1)).isEqualTo(program.sourceLine(slots - 1));
        for (Reference reference : changed.references()) {
            assertThat(changed.code().isWide(reference.instruction())).isTrue();
        }
    }

    @Test
    void shouldNameOperandsForTheDisassembler() {
        LinkedProgram main = link("main_program");
        LinkedProgram second = link("second");

        assertThat(new Disassembler(main.code(), main.operands()).listing())
                .contains("= map[events]\n", "= map[.rodata][0]+", "= LINUX_KERNEL_VERSION\n");
        assertThat(new Disassembler(second.code(), second.operands()).listing())
                .contains("= map[outer]\n", "= some_symbol\n", "= typed_symbol\n", "call some_function#");
    }

    @Test
    void shouldLinkBigEndianObjectsToo() {
        ObjectFile big = ObjectFile.parse("big.o", Fixtures.everythingBigEndian());
        LinkedProgram program = new Linker(big, CoreTargets.of(big.btf()))
                .link(big.program("second").orElseThrow());

        assertThat(program.functions()).hasSize(3);
        assertThat(program.code().slots()).isEqualTo(link("second").code().slots());
    }
}
