// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.object.FunctionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The instructions of one function with their annotations. */
final class FunctionListing {
    private final SectionAnnotations section;
    private final FunctionSpec function;
    private final List<ListedInstruction> instructions = new ArrayList<>();
    private final NavigableSet<String> callees = new TreeSet<>();

    FunctionListing(SectionAnnotations section, FunctionSpec function) {
        this.section = section;
        this.function = function;
        Bytecode code = section.code();
        int end = function.firstSlot() + function.slots();
        for (int slot = function.firstSlot(); slot < end; slot++) {
            ListedInstruction listed = instruction(code, slot);
            instructions.add(listed);
            boolean refersToFunction =
                    listed.kind() == ReferenceKind.FUNCTION_CALL || listed.kind() == ReferenceKind.FUNCTION_POINTER;
            if (refersToFunction) {
                listed.reference().ifPresent(callees::add);
            }
            slot += listed.slots() - 1;
        }
    }

    private ListedInstruction instruction(Bytecode code, int slot) {
        SectionAnnotations.Target target = section.target(slot, function);
        return new ListedInstruction(
                code.get(slot),
                slot == function.firstSlot() ? Optional.of(function.name()) : Optional.empty(),
                target.name(),
                target.kind(),
                target.offset(),
                section.line(slot),
                section.core(slot));
    }

    List<ListedInstruction> instructions() {
        return instructions;
    }

    /** Names of the functions it calls or takes the address of, in ascending order. */
    NavigableSet<String> callees() {
        return callees;
    }
}
