// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import java.util.Optional;

/** Names for what instructions of a program refer to, so that a disassembly can say more than numbers. */
public interface Operands {
    /** Text for the value of a 64-bit load, such as {@code map[events]}. */
    default Optional<String> load(int slot) {
        return Optional.empty();
    }

    /** Name of the function that a call calls, such as {@code bpf_rcu_read_lock}. */
    default Optional<String> call(int slot) {
        return Optional.empty();
    }

    /** No names. */
    static Operands none() {
        return new Operands() {};
    }
}
