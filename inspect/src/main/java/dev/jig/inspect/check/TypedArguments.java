// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.object.SectionName;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The arguments that a kernel gives to programs at typed hooks: its verifier lets them load through pointers only (kernel: {@code btf_ctx_access}). */
record TypedArguments(Target target) {
    private static final int ARGUMENT = 8;

    /**
     * Why a program cannot load what it loads.
     *
     * @param dereferenced offsets in the context of what it takes for pointers
     */
    Optional<Answer> problem(SectionName section, Set<Integer> dereferenced) {
        return switch (section.hook()) {
            // The first parameter of a tracepoint's prototype is the tracer's own.
            case TP_BTF -> problem("btf_trace_" + section.target(), BtfKind.TYPEDEF, 1, section, dereferenced);
            case FENTRY, FEXIT, FMOD_RET -> problem(section.target(), BtfKind.FUNCTION, 0, section, dereferenced);
            case LSM -> problem("bpf_lsm_" + section.target(), BtfKind.FUNCTION, 0, section, dereferenced);
            default -> Optional.empty();
        };
    }

    private Optional<Answer> problem(
            String name, BtfKind kind, int skipped, SectionName section, Set<Integer> dereferenced) {
        for (Btf btf : target.types()) {
            OptionalInt found = btf.find(name, kind);
            if (found.isPresent()) {
                return problem(btf, prototype(btf, found.getAsInt()), skipped, section, dereferenced);
            }
        }
        return Optional.empty();
    }

    /** The prototype of a function, or of the function that a tracepoint's typedef points to. */
    private static int prototype(Btf btf, int type) {
        int prototype = type;
        for (int depth = 0; depth < 8 && btf.kind(prototype) != BtfKind.FUNCTION_PROTOTYPE; depth++) {
            prototype = btf.target(prototype);
        }
        return prototype;
    }

    private static Optional<Answer> problem(
            Btf btf, int prototype, int skipped, SectionName section, Set<Integer> dereferenced) {
        if (btf.kind(prototype) != BtfKind.FUNCTION_PROTOTYPE) {
            return Optional.empty();
        }
        for (int offset : dereferenced) {
            int argument = offset / ARGUMENT;
            int parameter = argument + skipped;
            boolean isParameter = offset >= 0 && parameter < btf.elementCount(prototype);
            if (isParameter && !isPointer(btf, btf.parameterType(prototype, parameter))) {
                return Optional.of(Answer.no("loads through argument " + argument + " of " + section.text()
                        + ", which is a number on this kernel"));
            }
        }
        return Optional.empty();
    }

    private static boolean isPointer(Btf btf, int type) {
        return btf.kind(btf.resolve(type)) == BtfKind.POINTER;
    }
}
