// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.insn.Bytecode;

/**
 * An entry point: a function outside {@code .text}.
 *
 * @param section what its section name says
 * @param function where its instructions are
 */
public record ProgramSpec(SectionName section, FunctionSpec function, Bytecode sectionCode) {
    /** Name of the C function. */
    public String name() {
        return function.name();
    }

    /** A copy of its own instructions as compiled, without those of functions that it calls. */
    public Bytecode instructions() {
        return sectionCode.copy(function.firstSlot(), function.slots());
    }
}
