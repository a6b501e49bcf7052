// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.insn.Operands;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names for what a linked program refers to: its maps, variables, kernel symbols and kernel functions. */
final class ProgramOperands implements Operands {
    private final Map<Integer, Reference> references = new HashMap<>();

    ProgramOperands(LinkedProgram program) {
        for (Reference reference : program.references()) {
            references.put(reference.instruction(), reference);
        }
    }

    @Override
    public Optional<String> load(int slot) {
        Reference reference = references.get(slot);
        if (reference == null) {
            return Optional.empty();
        }
        return switch (reference) {
            case Reference.ToMap map -> Optional.of("map[" + map.map() + "]");
            case Reference.ToData data -> Optional.of("map[" + data.section() + "][0]+" + data.offset());
            case Reference.ToConfiguration variable ->
                Optional.of(variable.variable().name());
            case Reference.ToKernelSymbol symbol -> Optional.of(symbol.name());
            case Reference.ToTypedSymbol symbol -> Optional.of(symbol.name());
            case Reference.ToKernelFunction ignored -> Optional.empty();
        };
    }

    @Override
    public Optional<String> call(int slot) {
        return references.get(slot) instanceof Reference.ToKernelFunction function
                ? Optional.of(function.name())
                : Optional.empty();
    }
}
