// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Disassembler;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.SourceLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A linked program in the style of the verifier's log, with names of maps, variables and functions, and its source in between. */
public final class Disassembly {
    private final LinkedProgram program;

    /**
     * Instructions in a row that come from the same source line.
     *
     * @param function whose first instruction is the first of them, or empty
     * @param line that they come from
     * @param text of the instructions, a line for each
     */
    public record Part(Optional<String> function, Optional<SourceLine> line, String text) {}

    public Disassembly(LinkedProgram program) {
        this.program = program;
    }

    /**
     * The text, a line for each instruction.
     *
     * @param withSource whether source lines stand above the instructions made of them
     */
    public String text(boolean withSource) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts()) {
            if (part.function.isPresent()) {
                text.append(part.function.get()).append(":\n");
            }
            if (withSource && part.line.isPresent()) {
                text.append("  ; ").append(words(part.line.get())).append('\n');
            }
            text.append(part.text);
        }
        return text.toString();
    }

    private static String words(SourceLine line) {
        String place = line.file() + ":" + line.line();
        return line.text().isBlank() ? place : place + " " + line.text().strip();
    }

    /** All instructions, cut where a function starts and where the source line changes. */
    public List<Part> parts() {
        Bytecode code = program.code();
        Disassembler disassembler = new Disassembler(code, program.operands());
        Map<Integer, String> functions = new HashMap<>();
        program.functions()
                .forEach(placement -> functions.put(
                        placement.firstSlot(), placement.function().name()));
        int width = String.valueOf(code.slots()).length();
        List<Part> parts = new ArrayList<>();
        Part current = new Part(Optional.empty(), Optional.empty(), "");
        StringBuilder text = new StringBuilder();
        for (int slot = 0; slot < code.slots(); slot += code.isWide(slot) ? 2 : 1) {
            Optional<String> function = Optional.ofNullable(functions.get(slot));
            Optional<SourceLine> line = program.sourceLine(slot);
            boolean sameLine = line.isEmpty() || isSame(line.get(), current.line);
            if (function.isPresent() || !sameLine) {
                add(parts, current, text);
                current = new Part(function, line, "");
            }
            String number = String.valueOf(slot);
            text.repeat(' ', width + 2 - number.length())
                    .append(number)
                    .append(": ")
                    .append(disassembler.text(slot))
                    .append('\n');
        }
        add(parts, current, text);
        return parts;
    }

    private static boolean isSame(SourceLine line, Optional<SourceLine> before) {
        return before.isPresent()
                && before.get().line() == line.line()
                && before.get().file().equals(line.file());
    }

    private static void add(List<Part> parts, Part part, StringBuilder text) {
        if (!text.isEmpty()) {
            parts.add(new Part(part.function, part.line, text.toString()));
            text.setLength(0);
        }
    }
}
