// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.insn.Bytecode;
import java.util.List;
import java.util.Optional;

/** A program with all its functions in one piece, in this machine's byte order, for the loader to fill in {@link #references} and load. */
public final class LinkedProgram {
    private final ObjectFile object;
    private final ProgramSpec program;
    private final Bytecode code;
    private final List<Reference> references;
    private final List<BpfPoison> poisons;
    private final List<Placement> functions;

    /** Where a function's instructions start in the program. */
    public record Placement(FunctionSpec function, int firstSlot) {}

    LinkedProgram(
            ObjectFile object,
            ProgramSpec program,
            Bytecode code,
            List<Reference> references,
            List<BpfPoison> poisons,
            List<Placement> functions) {
        this.object = object;
        this.program = program;
        this.code = code;
        this.references = List.copyOf(references);
        this.poisons = List.copyOf(poisons);
        this.functions = List.copyOf(functions);
    }

    /** Name of the C function. */
    public String name() {
        return program.name();
    }

    public ProgramSpec program() {
        return program;
    }

    /** What its section name says. */
    public SectionName section() {
        return program.section();
    }

    /** A copy of the instructions, for the loader to change. */
    public Bytecode code() {
        return code.copy(0, code.slots());
    }

    /** What the loader has to fill in, in order of function and instruction. */
    public List<Reference> references() {
        return references;
    }

    /** Instructions that cannot work on this kernel and must not be reached. */
    public List<BpfPoison> poisons() {
        return poisons;
    }

    /** Why an instruction was poisoned, if it was; for a 64-bit load either slot may be asked for. */
    public Optional<BpfPoison> poisonAt(int slot) {
        for (BpfPoison poison : poisons) {
            if (poison.instruction() == slot) {
                return Optional.of(poison);
            }
        }
        boolean maybeSecondHalf = slot > 0 && slot < code.slots() && code.immediate(slot) == BpfPoison.HELPER;
        return maybeSecondHalf && code.isHelperCall(slot) ? poisonAt(slot - 1) : Optional.empty();
    }

    /** Its functions, the program's own first, in order of their place. */
    public List<Placement> functions() {
        return functions;
    }

    /** Function records for {@code BPF_PROG_LOAD}: {@link ProgramInformation#FUNCTION_SIZE} bytes each, empty if the object has none. */
    public byte[] functionInformation() {
        return new ProgramInformation(object, functions).functionRecords();
    }

    /** Line records for {@code BPF_PROG_LOAD}: {@link ProgramInformation#LINE_SIZE} bytes each, empty if the object has none. */
    public byte[] lineInformation() {
        return new ProgramInformation(object, functions).lineRecords();
    }

    /** The source line that an instruction comes from: that of the closest line record before it in its function. */
    public Optional<SourceLine> sourceLine(int slot) {
        return new ProgramInformation(object, functions).line(slot);
    }
}
