// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.object.ExternResolver;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.Reference;
import dev.jig.bpf.symbols.KernelSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Fills in what one program wants of the kernel: addresses of symbols, typed variables, kernel functions. */
final class ExternWriter {
    /** The kernel's {@code MAX_KFUNC_BTFS}. */
    private static final int MOST_MODULES = 256;

    private final ObjectFile object;
    private final KernelTypes kernel;
    private final ModuleTypes modules;
    private final List<String> calledModules = new ArrayList<>();
    private Optional<ExternResolver> resolver = Optional.empty();

    ExternWriter(ObjectFile object, KernelTypes kernel, ModuleTypes modules) {
        this.object = object;
        this.kernel = kernel;
        this.modules = modules;
    }

    void write(Bytecode code, Reference.ToKernelSymbol symbol) {
        OptionalLong address = KernelSymbols.running().address(symbol.name());
        if (address.isEmpty() && !symbol.weak()) {
            throw new BpfException(
                    "this kernel has no symbol \"" + symbol.name() + "\", or hides its address (kernel.kptr_restrict)");
        }
        code.setWideImmediate(symbol.instruction(), address.orElse(0));
    }

    void write(Bytecode code, Reference.ToTypedSymbol symbol) {
        Optional<KernelBtf.Location> location = resolver().find(symbol);
        int descriptor = location.isPresent() ? modules.number(location.get().module()) : 0;
        ExternResolver.write(code, symbol, location, descriptor);
    }

    void write(Bytecode code, Reference.ToKernelFunction function) {
        Optional<KernelBtf.Location> location = resolver().find(function);
        int index = location.isPresent() ? index(location.get().module()) : 0;
        ExternResolver.write(code, function, location, index);
    }

    private ExternResolver resolver() {
        if (resolver.isEmpty()) {
            resolver = Optional.of(new ExternResolver(object, kernel.running()));
        }
        return resolver.get();
    }

    /** Calls name a module by its place in the program's array of descriptors; place 0 stands for the kernel itself. */
    private int index(Optional<String> module) {
        if (module.isEmpty()) {
            return 0;
        }
        int known = calledModules.indexOf(module.get());
        if (known >= 0) {
            return known + 1;
        }
        if (calledModules.size() == MOST_MODULES - 1) {
            throw new BpfException(object.name() + ": calls functions of more than " + (MOST_MODULES - 1) + " modules");
        }
        calledModules.add(module.get());
        return calledModules.size();
    }

    /** The array of descriptors that the calls written so far refer to; empty when they stay within the kernel. */
    List<Integer> descriptors() {
        List<Integer> descriptors = new ArrayList<>();
        if (!calledModules.isEmpty()) {
            descriptors.add(0);
            for (String module : calledModules) {
                descriptors.add(modules.descriptor(module).number());
            }
        }
        return descriptors;
    }
}
