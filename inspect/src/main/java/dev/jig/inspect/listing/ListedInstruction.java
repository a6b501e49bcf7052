// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import dev.jig.bpf.insn.Instruction;
import java.util.Optional;

/**
 * An instruction as compiled, with what the object file says about it.
 *
 * @param instruction as it stands in the section, before anything is filled in
 * @param function whose first instruction it is, or empty
 * @param reference name that its relocation attaches to it, or empty
 * @param kind what that name is of
 * @param offset in the data section, for loads of its addresses
 * @param source text of the line that is recorded for exactly this instruction, as written; or empty
 * @param core text of its CO-RE relocation, or empty
 */
public record ListedInstruction(
        Instruction instruction,
        Optional<String> function,
        Optional<String> reference,
        ReferenceKind kind,
        long offset,
        Optional<String> source,
        Optional<String> core) {
    /** Number of 8-byte slots. */
    public int slots() {
        return instruction.isWide() ? 2 : 1;
    }

    /** Whether it calls a helper of the kernel by number. */
    public boolean callsHelper() {
        return instruction.opcode() == dev.jig.bpf.insn.Opcode.CALL
                && instruction.source() == 0
                && instruction.destination() == 0
                && kind != ReferenceKind.KERNEL_FUNCTION;
    }
}
