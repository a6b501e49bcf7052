// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.VariableValues;
import dev.jig.bpf.symbols.KernelSymbolTable;
import dev.jig.gadget.Log;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Constants of programs that are addresses of the kernel. What cannot be found keeps the value that it has in the object, usually 0. */
final class SymbolConstants {
    private final List<Marker.KernelSymbol> wanted;
    private final Supplier<KernelSymbolTable> symbols;

    private SymbolConstants(List<Marker.KernelSymbol> wanted, Supplier<KernelSymbolTable> symbols) {
        this.wanted = List.copyOf(wanted);
        this.symbols = symbols;
    }

    /**
     * The constants among markers.
     *
     * @param symbols asked only if there are such constants
     * @throws dev.jig.gadget.GadgetException when there is no such variable of 8 bytes
     */
    static SymbolConstants of(ObjectFile object, List<Marker> markers, Supplier<KernelSymbolTable> symbols) {
        List<Marker.KernelSymbol> wanted = new ArrayList<>();
        for (Marker marker : markers) {
            if (marker instanceof Marker.KernelSymbol symbol) {
                if (object.variable(symbol.variable())
                        .filter(variable -> variable.size() == Long.BYTES)
                        .isEmpty()) {
                    throw MarkerReader.problem(
                            symbol.variable() + "___" + symbol.symbol(),
                            "variable \"" + symbol.variable() + "\" of 8 bytes not found in eBPF object");
                }
                wanted.add(symbol);
            }
        }
        return new SymbolConstants(wanted, symbols);
    }

    /** Writes what is found; of several candidates for a variable the first. */
    void write(VariableValues values, Log log) {
        if (wanted.isEmpty()) {
            return;
        }
        KernelSymbolTable table;
        try {
            table = symbols.get();
        } catch (BpfException none) {
            log.warn("what needs addresses of the kernel stays unknown: " + none.getMessage());
            return;
        }
        for (Marker.KernelSymbol symbol : wanted.reversed()) {
            OptionalLong address = address(table, symbol);
            if (address.isPresent()) {
                byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(address.getAsLong())
                        .array();
                values.set(symbol.variable(), bytes);
            } else {
                log.debug("the kernel has no symbol \"" + symbol.symbol() + "\"");
            }
        }
    }

    private static OptionalLong address(KernelSymbolTable table, Marker.KernelSymbol symbol) {
        OptionalLong start = table.address(symbol.symbol());
        return symbol.end() && start.isPresent() ? table.end(start.getAsLong()) : start;
    }
}
