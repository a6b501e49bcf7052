// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import java.util.List;

/** The two listings that upstream gives of a program. */
public final class ProgramText {
    private ProgramText() {}

    /** Instructions with their places, the names of functions and source lines. */
    public static String source(FlatProgram program) {
        List<ListedInstruction> instructions = program.instructions();
        // Two-slot loads count once here: upstream's column can be too narrow, and nobody minds.
        int width = (int) Math.ceil(Math.log10(2.0 * instructions.size()));
        String indent = "\t" + " ".repeat(width);
        StringBuilder text = new StringBuilder();
        int slot = 0;
        for (ListedInstruction listed : instructions) {
            listed.function().ifPresent(name -> text.append(name).append(":\n"));
            listed.source()
                    .filter(line -> !line.isBlank())
                    .ifPresent(line -> text.append(indent)
                            .append("; ")
                            .append(line.strip())
                            .append('\n'));
            String number = String.valueOf(slot);
            text.append('\t')
                    .append(" ".repeat(Math.max(0, width - number.length())))
                    .append(number)
                    .append(": ")
                    .append(InstructionText.of(listed))
                    .append('\n');
            slot += listed.slots();
        }
        return text.toString();
    }

    /** Instructions with source lines as written and CO-RE relocations. */
    public static String withRelocations(FlatProgram program) {
        StringBuilder text = new StringBuilder();
        for (ListedInstruction listed : program.instructions()) {
            listed.source().ifPresent(line -> text.append("; ").append(line).append('\n'));
            listed.core()
                    .ifPresent(
                            relocation -> text.append("; ").append(relocation).append('\n'));
            text.append(InstructionText.of(listed)).append('\n');
        }
        return text.toString();
    }
}
