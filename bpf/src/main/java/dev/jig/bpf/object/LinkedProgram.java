// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.core.CoreNeed;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Insertion;
import dev.jig.bpf.insn.Operands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program with all its functions in one piece, in this machine's byte order, for the loader to fill in {@link #references} and load. Immutable; inserting
 * code makes another one.
 */
public final class LinkedProgram {
    private final ObjectFile object;
    private final ProgramSpec program;
    private final Bytecode code;
    private final List<Reference> references;
    private final List<BpfPoison> poisons;
    private final List<Placement> compiled;
    private final List<Insertion> insertions;

    /** Where a function's instructions start in the program. */
    public record Placement(FunctionSpec function, int firstSlot) {}

    LinkedProgram(
            ObjectFile object,
            ProgramSpec program,
            Bytecode code,
            List<Reference> references,
            List<BpfPoison> poisons,
            List<Placement> compiled,
            List<Insertion> insertions) {
        this.object = object;
        this.program = program;
        this.code = code;
        this.references = List.copyOf(references);
        this.poisons = List.copyOf(poisons);
        this.compiled = List.copyOf(compiled);
        this.insertions = List.copyOf(insertions);
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

    /** Its functions, the program's own first, in order of their place. Code inserted at the start of a function is part of it. */
    public List<Placement> functions() {
        List<Placement> functions = compiled;
        for (Insertion insertion : insertions) {
            List<Placement> moved = new ArrayList<>(functions.size());
            for (Placement placement : functions) {
                int first = placement.firstSlot();
                moved.add(new Placement(
                        placement.function(), first == insertion.slot() ? first : insertion.moved(first)));
            }
            functions = moved;
        }
        return functions;
    }

    /**
     * The same program with code put before one of its instructions; see {@link Insertion} for who gets to run it. What referred to that instruction, such as
     * its source line or the start of a function, now refers to the inserted code.
     */
    public LinkedProgram insertBefore(int slot, Bytecode inserted) {
        return insertBefore(slot, inserted, List.of());
    }

    /**
     * As {@link #insertBefore(int, Bytecode)}, with code for the loader to fill in.
     *
     * @param insertedReferences their instructions counted from the start of the inserted code
     */
    public LinkedProgram insertBefore(int slot, Bytecode inserted, List<Reference> insertedReferences) {
        Bytecode changed = Insertion.insert(code, slot, inserted);
        Insertion insertion = new Insertion(slot, inserted.slots());
        List<Reference> movedReferences = new ArrayList<>(references.size());
        for (Reference reference : references) {
            movedReferences.add(reference.at(insertion.moved(reference.instruction())));
        }
        for (Reference reference : insertedReferences) {
            movedReferences.add(reference.at(slot + reference.instruction()));
        }
        List<BpfPoison> movedPoisons = new ArrayList<>(poisons.size());
        for (BpfPoison poison : poisons) {
            movedPoisons.add(poison.at(insertion.moved(poison.instruction())));
        }
        List<Insertion> all = new ArrayList<>(insertions);
        all.add(insertion);
        return new LinkedProgram(object, program, changed, movedReferences, movedPoisons, compiled, all);
    }

    /**
     * The same program with other code of the same length where a reference was, which the loader then need not fill in.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public LinkedProgram replace(Reference reference, Bytecode replacement) {
        int slot = reference.instruction();
        int slots = code.isWide(slot) ? 2 : 1;
        if (replacement.slots() != slots) {
            throw new IllegalArgumentException(
                    "instruction " + slot + " has " + slots + " slots, its replacement " + replacement.slots());
        }
        Bytecode changed = code();
        System.arraycopy(
                replacement.toOrder(changed.byteOrder()).array(),
                0,
                changed.array(),
                slot * Bytecode.SLOT,
                slots * Bytecode.SLOT);
        List<Reference> kept = new ArrayList<>(references);
        kept.remove(reference);
        return new LinkedProgram(object, program, changed, kept, poisons, compiled, insertions);
    }

    /** Function records for {@code BPF_PROG_LOAD}: {@link ProgramInformation#FUNCTION_SIZE} bytes each, empty if the object has none. */
    public byte[] functionInformation() {
        return new ProgramInformation(object, compiled, insertions).functionRecords();
    }

    /** Line records for {@code BPF_PROG_LOAD}: {@link ProgramInformation#LINE_SIZE} bytes each, empty if the object has none. */
    public byte[] lineInformation() {
        return new ProgramInformation(object, compiled, insertions).lineRecords();
    }

    /** What CO-RE relocations ask for, by the slots of their instructions. */
    public Map<Integer, CoreNeed> coreNeeds() {
        return new ProgramInformation(object, compiled, insertions).coreNeeds();
    }

    /** The source line that an instruction comes from: that of the closest line record before it in its function. */
    public Optional<SourceLine> sourceLine(int slot) {
        return new ProgramInformation(object, compiled, insertions).line(slot);
    }

    /** The source line that made a poisoned instruction necessary: if its own does not name what is missing, one near by that does. */
    public Optional<SourceLine> sourceLine(BpfPoison poison) {
        return new ProgramInformation(object, compiled, insertions).line(poison.instruction(), poison.name());
    }

    /** Names for what its instructions refer to, for a {@link dev.jig.bpf.insn.Disassembler}. */
    public Operands operands() {
        return new ProgramOperands(this);
    }
}
