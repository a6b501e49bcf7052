// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import dev.jig.bpf.BpfException;

/** Bytecode is malformed or a number does not fit an instruction. */
public final class InstructionException extends BpfException {
    private static final long serialVersionUID = 1L;

    public InstructionException(String message) {
        super(message);
    }
}
