// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.program.VerifierException;

/** Asks the verifier whether programs of a type may call a helper, by a program that does nothing else. */
public final class HelperProbe {
    private HelperProbe() {}

    /**
     * Whether the running kernel has the helper for programs of this type. The call has no proper arguments: a verifier that complains about these
     * knows the helper.
     *
     * @param helper number of {@code enum bpf_func_id}
     * @throws VerifierException when programs cannot be loaded at all
     */
    public static boolean isKnown(ProgramType type, int helper) {
        return isKnown(TinyPrograms.of(type), helper);
    }

    static boolean isKnown(ProgramDefinition program, int helper) {
        byte[] code = new Assembler()
                .add(Instructions.call(helper))
                .add(Instructions.exit())
                .assemble()
                .array();
        try {
            BpfProgram.load(program.withInstructions(code)).close();
            return true;
        } catch (VerifierException refused) {
            if (refused.log().isEmpty()) {
                throw refused;
            }
            return !saysUnknown(refused.log());
        }
    }

    /** Whether a log complains about an unknown helper: the words of {@code check_helper_call()}, of Linux 4.4 to 6.18. */
    public static boolean saysUnknown(String log) {
        return log.contains("invalid func ")
                || log.contains("unknown func ")
                || log.contains("program of this type cannot use helper ");
    }
}
