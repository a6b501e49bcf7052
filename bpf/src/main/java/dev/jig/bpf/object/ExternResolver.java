// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.btf.Names;
import dev.jig.bpf.core.TypeCompatibility;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.PseudoSource;
import java.util.Optional;

/** Finds typed kernel symbols and kernel functions in the kernel and its modules, and writes them into instructions. */
public final class ExternResolver {
    /** Helper number in calls of weak functions that this kernel lacks; the same as libbpf's, as people search for it. */
    public static final int MISSING_FUNCTION = 2_002_000_000;

    private final ObjectFile object;
    private final KernelBtf kernel;

    /** Resolves externs of this object in this kernel. */
    public ExternResolver(ObjectFile object, KernelBtf kernel) {
        this.object = requireNonNull(object, "object");
        this.kernel = requireNonNull(kernel, "kernel");
    }

    /** Where the kernel has the variable or function; empty if it is weak and missing, or weak and of another type. */
    public Optional<KernelBtf.Location> find(Reference.ToTypedSymbol symbol) {
        return find(symbol.name(), symbol.weak(), symbol.type(), symbol.function());
    }

    /** Where the kernel has the function; empty if it is weak and missing, or weak and of another type. */
    public Optional<KernelBtf.Location> find(Reference.ToKernelFunction function) {
        return find(function.name(), function.weak(), function.prototype(), true);
    }

    private Optional<KernelBtf.Location> find(String name, boolean weak, int localType, boolean function) {
        BtfKind kind = function ? BtfKind.FUNCTION : BtfKind.VARIABLE;
        Optional<KernelBtf.Location> found = kernel.findAnywhere(Names.essential(name), kind);
        if (found.isEmpty()) {
            if (weak) {
                return found;
            }
            throw new ObjectException(object.name() + ": this kernel has no " + (function ? "function " : "variable ")
                    + name + " that programs may use");
        }
        Btf btf = found.get().btf();
        int target = btf.target(found.get().type());
        if (TypeCompatibility.areCompatible(object.btf(), localType, btf, target)) {
            return found;
        }
        if (weak) {
            return Optional.empty();
        }
        throw new ObjectException(object.name() + ": " + name + " is declared as "
                + object.btf().text(localType) + ", which does not fit this kernel's " + btf.text(target));
    }

    /**
     * Writes the address load of a symbol that was looked for.
     *
     * @param btfDescriptor file descriptor of the module's BTF, 0 for the kernel's own
     */
    public static void write(
            Bytecode code, Reference.ToTypedSymbol symbol, Optional<KernelBtf.Location> location, int btfDescriptor) {
        int slot = symbol.instruction();
        code.setSource(slot, location.isPresent() ? PseudoSource.BTF_ID : 0);
        code.setImmediate(slot, location.isPresent() ? location.get().type() : 0);
        code.setImmediate(slot + 1, location.isPresent() ? btfDescriptor : 0);
    }

    /**
     * Writes the call of a function that was looked for. A missing one becomes a call that no verifier lets pass, unless it is proved dead.
     *
     * @param btfIndex index of the module's BTF in the program's array of file descriptors, 0 for the kernel's own
     */
    public static void write(
            Bytecode code, Reference.ToKernelFunction function, Optional<KernelBtf.Location> location, int btfIndex) {
        int slot = function.instruction();
        if (location.isPresent()) {
            code.set(
                    slot,
                    Opcode.CALL,
                    0,
                    PseudoSource.KERNEL_FUNCTION_CALL,
                    btfIndex,
                    location.get().type());
        } else {
            code.set(slot, Opcode.CALL, 0, 0, 0, MISSING_FUNCTION);
        }
    }
}
