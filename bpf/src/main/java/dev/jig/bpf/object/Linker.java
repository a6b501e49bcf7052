// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.insn.Bytecode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Makes programs of an object ready to load: CO-RE relocations applied, every function that a program calls, directly or not, appended once, in the order
 * in which libbpf would do it (depth first at each call). Not for concurrent use.
 */
public final class Linker {
    /** The kernel's {@code BPF_MAX_SUBPROGS}. */
    private static final int MAXIMUM_FUNCTIONS = 256;

    /** The kernel's {@code BPF_COMPLEXITY_LIMIT_INSNS}. */
    private static final int MAXIMUM_SLOTS = 1_000_000;

    private final ObjectFile object;
    private final FunctionRelocator relocator;

    /** Links programs of {@code object} for the kernel whose types are {@code targets}. */
    public Linker(ObjectFile object, CoreTargets targets) {
        this(object, Optional.of(requireNonNull(targets, "targets")));
    }

    private Linker(ObjectFile object, Optional<CoreTargets> targets) {
        this.object = requireNonNull(object, "object");
        this.relocator = new FunctionRelocator(object, targets);
    }

    /** Links programs for looking at them: fields, types and enumerators stay as they were compiled, whatever kernel there is. */
    public static Linker asCompiled(ObjectFile object) {
        return new Linker(object, Optional.empty());
    }

    /** Links one program of the object. */
    public LinkedProgram link(ProgramSpec program) {
        return new Link(program).run();
    }

    /** One program in the making. */
    private final class Link {
        private final ProgramSpec program;
        private final IdentityHashMap<FunctionSpec, Integer> starts = new IdentityHashMap<>();
        private final List<RelocatedFunction> functions = new ArrayList<>();
        private int slots;

        Link(ProgramSpec program) {
            this.program = program;
        }

        LinkedProgram run() {
            place(program.function());
            Bytecode code = Bytecode.ofSlots(slots);
            List<Reference> references = new ArrayList<>();
            List<BpfPoison> poisons = new ArrayList<>();
            List<LinkedProgram.Placement> placements = new ArrayList<>(functions.size());
            int at = 0;
            for (RelocatedFunction function : functions) {
                byte[] own = function.code().array();
                System.arraycopy(own, 0, code.array(), at * Bytecode.SLOT, own.length);
                for (RelocatedFunction.Call call : function.calls()) {
                    int slot = at + call.slot();
                    code.setImmediate(slot, starts.getOrDefault(call.target(), 0) - slot - 1);
                }
                for (Reference reference : function.references()) {
                    references.add(reference.at(at + reference.instruction()));
                }
                for (BpfPoison poison : function.poisons()) {
                    poisons.add(poison.at(at + poison.instruction()));
                }
                placements.add(new LinkedProgram.Placement(function.function(), at));
                at += function.code().slots();
            }
            return new LinkedProgram(object, program, code, references, poisons, placements, List.of());
        }

        private void place(FunctionSpec function) {
            if (functions.size() == MAXIMUM_FUNCTIONS) {
                throw new ObjectException(object.name() + ": " + program.name() + " calls more than "
                        + (MAXIMUM_FUNCTIONS - 1) + " functions");
            }
            RelocatedFunction relocated = relocator.relocate(function);
            if (slots + relocated.code().slots() > MAXIMUM_SLOTS) {
                throw new ObjectException(
                        object.name() + ": " + program.name() + " has more than " + MAXIMUM_SLOTS + " instructions");
            }
            starts.put(function, slots);
            functions.add(relocated);
            slots += relocated.code().slots();
            for (RelocatedFunction.Call call : relocated.calls()) {
                if (!starts.containsKey(call.target())) {
                    place(call.target());
                }
            }
        }
    }
}
