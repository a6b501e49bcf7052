// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.ExtensionSection;
import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.core.CoreException;
import dev.jig.bpf.core.CoreRelocator;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.core.RelocationKind;
import dev.jig.bpf.elf.Relocation;
import dev.jig.bpf.elf.Symbol;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.PseudoSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Relocates functions of one object, each once. */
final class FunctionRelocator {
    private final ObjectFile object;
    private final Optional<CoreRelocator> core;
    private final IdentityHashMap<FunctionSpec, RelocatedFunction> done = new IdentityHashMap<>();

    /**
     * @param targets nothing to leave fields, types and enumerators as they were compiled
     */
    FunctionRelocator(ObjectFile object, Optional<CoreTargets> targets) {
        this.object = object;
        this.core = targets.map(types -> new CoreRelocator(object.btf(), types));
    }

    RelocatedFunction relocate(FunctionSpec function) {
        RelocatedFunction known = done.get(function);
        if (known == null) {
            known = new Work(function).run();
            done.put(function, known);
        }
        return known;
    }

    private ObjectException failure(FunctionSpec function, int slot, String what) {
        return new ObjectException(object.name() + ": " + function.name() + ": instruction " + slot + " " + what);
    }

    /** The relocation of one function. */
    private final class Work {
        private final FunctionSpec function;
        private final CodeSection section;
        private final Bytecode code;
        private final List<RelocatedFunction.Call> calls = new ArrayList<>();
        private final List<Reference> references = new ArrayList<>();
        private final List<BpfPoison> poisons = new ArrayList<>();

        Work(FunctionSpec function) {
            this.function = function;
            this.section = object.codeOf(function);
            this.code = section.code().copy(function.firstSlot(), function.slots());
        }

        RelocatedFunction run() {
            core.ifPresent(this::resolveTypes);
            for (int slot = 0; slot < code.slots(); slot++) {
                Optional<Relocation> relocation = section.relocationAt(function.firstSlot() + slot);
                if (relocation.isPresent()) {
                    resolve(slot, relocation.get());
                } else if (code.isFunctionCall(slot)) {
                    // A call within the section has its distance already.
                    call(slot, function.section(), function.firstSlot() + slot + code.immediate(slot) + 1L);
                }
                slot += code.isWide(slot) ? 1 : 0;
            }
            return new RelocatedFunction(function, code, calls, references, poisons);
        }

        private void resolveTypes(CoreRelocator relocator) {
            Optional<ExtensionSection> found =
                    section.recordsIn(object.extension().relocations());
            if (found.isEmpty()) {
                return;
            }
            ExtensionSection records = found.get();
            long first = (long) function.firstSlot() * Bytecode.SLOT;
            long end = first + (long) function.slots() * Bytecode.SLOT;
            for (int i = records.firstAt(first); i < records.count(); i++) {
                long offset = records.instructionOffset(i);
                if (offset >= end) {
                    return;
                }
                resolveType(relocator, records, i, (int) ((offset - first) / Bytecode.SLOT));
            }
        }

        private void resolveType(CoreRelocator relocator, ExtensionSection records, int record, int slot) {
            String access = object.btf().string(records.word(record, 2) & 0xffff_ffffL);
            try {
                RelocationKind kind = RelocationKind.of(records.word(record, 3));
                Optional<BpfPoison> poison = relocator.relocate(code, slot, kind, records.word(record, 1), access);
                if (poison.isPresent()) {
                    poisons.add(poison.get());
                }
            } catch (CoreException e) {
                CoreException located =
                        new CoreException(object.name() + ": " + function.name() + ": " + e.getMessage());
                located.initCause(e);
                throw located;
            }
        }

        private void resolve(int slot, Relocation relocation) {
            Symbol symbol = object.elf().symbols().get(relocation.symbol());
            boolean call = code.opcode(slot) == Opcode.CALL;
            if (!call && !(code.isWide(slot) && slot + 1 < code.slots())) {
                throw failure(function, slot, "has a relocation, but is neither a call nor a 64-bit load");
            }
            if (symbol.isUndefined()) {
                resolveExtern(slot, symbol, call);
            } else if (call) {
                call(slot, symbol.section(), symbol.value() / Bytecode.SLOT + code.immediate(slot) + 1);
            } else {
                resolveLoad(slot, symbol, relocation.addend());
            }
        }

        private void call(int slot, int targetSection, long targetSlot) {
            Optional<FunctionSpec> target = object.functionAt(targetSection, targetSlot);
            if (target.isEmpty()) {
                throw failure(
                        function,
                        slot,
                        "calls no function: there is none at instruction " + targetSlot + " of section "
                                + targetSection);
            }
            calls.add(new RelocatedFunction.Call(slot, target.get()));
        }

        private void resolveLoad(int slot, Symbol symbol, long addend) {
            if (object.code(symbol.section()).isPresent()) {
                code.setSource(slot, PseudoSource.FUNCTION);
                call(slot, symbol.section(), (symbol.value() + addend + code.immediate(slot)) / Bytecode.SLOT);
                return;
            }
            Optional<DataSection> data = object.dataSection(symbol.section());
            if (data.isPresent()) {
                resolveData(slot, data.get(), symbol.value() + addend + code.immediate(slot));
                return;
            }
            MapSpec map = isMap(symbol) ? object.mapAt(symbol.value()).orElse(null) : null;
            if (map == null) {
                throw failure(
                        function,
                        slot,
                        "refers to '" + symbol.name() + "' in section " + symbol.section()
                                + ", which is no map, variable or function");
            }
            code.setSource(slot, PseudoSource.MAP_FD);
            code.setWideImmediate(slot, 0);
            references.add(new Reference.ToMap(slot, map.name()));
        }

        private boolean isMap(Symbol symbol) {
            return symbol.section() < object.elf().sections().size()
                    && object.elf().sections().get(symbol.section()).name().equals(MapReader.SECTION);
        }

        private void resolveData(int slot, DataSection data, long offset) {
            if (offset < 0 || offset > data.size()) {
                throw failure(
                        function,
                        slot,
                        "refers to offset " + offset + " of the " + data.size() + " bytes of " + data.name());
            }
            value(slot, (int) offset);
            references.add(new Reference.ToData(slot, data.name(), (int) offset));
        }

        private void value(int slot, int offset) {
            code.setSource(slot, PseudoSource.MAP_VALUE);
            code.setImmediate(slot, 0);
            code.setImmediate(slot + 1, offset);
        }

        private void resolveExtern(int slot, Symbol symbol, boolean call) {
            Optional<Extern> found = object.extern(symbol.name());
            if (found.isEmpty()) {
                throw failure(function, slot, "refers to unknown symbol '" + symbol.name() + "'");
            }
            Extern extern = found.get();
            if (call && !(extern instanceof Extern.KernelFunction)) {
                throw failure(function, slot, "calls " + extern.name() + ", which is no function");
            }
            // No switch over the types: its bootstrap would cost more start-up time than all relocations.
            if (extern instanceof Extern.KernelConfiguration variable) {
                value(slot, variable.offset());
                references.add(new Reference.ToConfiguration(slot, variable));
            } else if (extern instanceof Extern.KernelSymbol kernel) {
                resolveSymbol(slot, kernel);
            } else if (extern instanceof Extern.KernelFunction kernel) {
                resolveFunction(slot, kernel, call);
            }
        }

        private void resolveSymbol(int slot, Extern.KernelSymbol symbol) {
            references.add(
                    symbol.type() == 0
                            ? new Reference.ToKernelSymbol(slot, symbol.name(), symbol.weak())
                            : new Reference.ToTypedSymbol(slot, symbol.name(), symbol.weak(), symbol.type(), false));
        }

        private void resolveFunction(int slot, Extern.KernelFunction kernel, boolean call) {
            if (call) {
                code.setSource(slot, PseudoSource.KERNEL_FUNCTION_CALL);
                code.setImmediate(slot, 0);
                references.add(new Reference.ToKernelFunction(slot, kernel.name(), kernel.weak(), kernel.prototype()));
            } else {
                references.add(
                        new Reference.ToTypedSymbol(slot, kernel.name(), kernel.weak(), kernel.prototype(), true));
            }
        }
    }
}
