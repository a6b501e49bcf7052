// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.insn.Bytecode;
import java.util.List;

/**
 * A function by itself, relocated but for the distances to other functions. Slots are relative to its start; its code is copied into each program that
 * contains it.
 */
record RelocatedFunction(
        FunctionSpec function, Bytecode code, List<Call> calls, List<Reference> references, List<BpfPoison> poisons) {

    /** A call of another function, or a load of its address for a callback. */
    record Call(int slot, FunctionSpec target) {}
}
