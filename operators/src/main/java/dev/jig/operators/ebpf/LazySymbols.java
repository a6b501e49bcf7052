// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.symbols.KernelSymbolTable;
import java.util.Optional;
import java.util.function.Supplier;

/** The kernel's symbols, read by whoever needs them first, and once. */
final class LazySymbols implements Supplier<KernelSymbolTable> {
    private final Supplier<KernelSymbolTable> reader;
    private Optional<KernelSymbolTable> table = Optional.empty();

    LazySymbols(Supplier<KernelSymbolTable> reader) {
        this.reader = reader;
    }

    /**
     * The symbols.
     *
     * @throws BpfException when there are none; the next call tries again
     */
    @Override
    public synchronized KernelSymbolTable get() {
        if (table.isEmpty()) {
            table = Optional.of(reader.get());
        }
        return table.get();
    }

    /** Forgets them: the next one to ask sees what was loaded since. */
    synchronized void forget() {
        table = Optional.empty();
    }
}
