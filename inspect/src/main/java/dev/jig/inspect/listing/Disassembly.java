// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Disassembler;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.SourceLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A linked program in the style of the verifier's log, with names of maps, variables and functions, and its source in between. */
public final class Disassembly {
    private final LinkedProgram program;
    private final boolean withSource;

    /**
     * @param withSource whether source lines stand above the instructions made of them
     */
    public Disassembly(LinkedProgram program, boolean withSource) {
        this.program = program;
        this.withSource = withSource;
    }

    /** The text, a line for each instruction. */
    public String text() {
        Bytecode code = program.code();
        Disassembler disassembler = new Disassembler(code, program.operands());
        Map<Integer, String> functions = new HashMap<>();
        program.functions()
                .forEach(placement -> functions.put(
                        placement.firstSlot(), placement.function().name()));
        int width = String.valueOf(code.slots()).length();
        StringBuilder text = new StringBuilder();
        String last = "";
        for (int slot = 0; slot < code.slots(); slot += code.isWide(slot) ? 2 : 1) {
            if (functions.containsKey(slot)) {
                text.append(functions.get(slot)).append(":\n");
            }
            if (withSource) {
                String line = source(slot);
                if (!line.isEmpty() && !line.equals(last)) {
                    text.append("  ; ").append(line).append('\n');
                    last = line;
                }
            }
            String number = String.valueOf(slot);
            text.append(" ".repeat(width + 2 - number.length()))
                    .append(number)
                    .append(": ")
                    .append(disassembler.text(slot))
                    .append('\n');
        }
        return text.toString();
    }

    private String source(int slot) {
        Optional<SourceLine> line = program.sourceLine(slot);
        return line.map(found -> found.file() + ":" + found.line()
                        + (found.text().isBlank() ? "" : " " + found.text().strip()))
                .orElse("");
    }
}
