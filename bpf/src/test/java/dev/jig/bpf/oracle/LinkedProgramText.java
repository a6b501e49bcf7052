// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.PseudoSource;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A linked program in the words of {@code oracle.c}; references are filled in as the loader would, but names stand for descriptors. */
final class LinkedProgramText {
    private final KernelBtf kernel;

    LinkedProgramText(KernelBtf kernel) {
        this.kernel = kernel;
    }

    String of(LinkedProgram program) throws IOException {
        Bytecode code = program.code();
        Map<Integer, String> names = new HashMap<>();
        for (Reference reference : program.references()) {
            fillIn(code, reference).ifPresent(name -> names.put(reference.instruction(), name));
        }
        return InstructionText.of(code, names);
    }

    private Optional<String> fillIn(Bytecode code, Reference reference) throws IOException {
        int slot = reference.instruction();
        switch (reference) {
            case Reference.ToMap map -> {
                return Optional.of(map.map());
            }
            case Reference.ToData data -> {
                return Optional.of(data.section());
            }
            case Reference.ToConfiguration ignored -> {
                return Optional.of(".kconfig");
            }
            case Reference.ToKernelSymbol symbol -> code.setWideImmediate(slot, addressOf(symbol.name()));
            case Reference.ToTypedSymbol symbol -> {
                BtfKind kind = symbol.function() ? BtfKind.FUNCTION : BtfKind.VARIABLE;
                int id = kernel.find(symbol.name(), kind).orElse(0);
                code.setSource(slot, id == 0 ? 0 : PseudoSource.BTF_ID);
                code.setWideImmediate(slot, id);
            }
            case Reference.ToKernelFunction function ->
                code.setImmediate(
                        slot, kernel.find(function.name(), BtfKind.FUNCTION).orElse(0));
        }
        return Optional.empty();
    }

    private static long addressOf(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/kallsyms"))) {
            if (line.endsWith(" " + name)) {
                return Long.parseUnsignedLong(line.substring(0, line.indexOf(' ')), 16);
            }
        }
        return 0;
    }
}
