// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import java.util.List;

/**
 * The two listings that upstream gives of a program.
 *
 * @param source instructions with their places, the names of functions and source lines
 * @param withRelocations instructions with source lines as written and CO-RE relocations
 */
public record ProgramText(String source, String withRelocations) {
    private static final int USUAL_LINE = 50;

    /** Lists a program. */
    public static ProgramText of(FlatProgram program) {
        List<ListedInstruction> instructions = program.instructions();
        // Two-slot loads count once here: upstream's column can be too narrow, and nobody minds.
        int width = (int) Math.ceil(Math.log10(2.0 * instructions.size()));
        StringBuilder source = new StringBuilder(instructions.size() * USUAL_LINE);
        StringBuilder withRelocations = new StringBuilder(instructions.size() * USUAL_LINE);
        InstructionText texts = new InstructionText(withRelocations);
        int slot = 0;
        for (ListedInstruction listed : instructions) {
            head(listed, width, source);
            place(slot, width, source);
            if (listed.source().isPresent()) {
                withRelocations.append("; ").append(listed.source().get()).append('\n');
            }
            if (listed.core().isPresent()) {
                withRelocations.append("; ").append(listed.core().get()).append('\n');
            }
            int start = withRelocations.length();
            texts.append(listed);
            withRelocations.append('\n');
            source.append(withRelocations, start, withRelocations.length());
            slot += listed.slots();
        }
        return new ProgramText(source.toString(), withRelocations.toString());
    }

    private static void head(ListedInstruction listed, int width, StringBuilder text) {
        if (listed.function().isPresent()) {
            text.append(listed.function().get()).append(":\n");
        }
        if (listed.source().isPresent() && !listed.source().get().isBlank()) {
            text.append('\t')
                    .repeat(' ', width)
                    .append("; ")
                    .append(listed.source().get().strip())
                    .append('\n');
        }
    }

    private static void place(int slot, int width, StringBuilder text) {
        text.append('\t');
        for (int limit = 10, digits = 1; digits < width; digits++, limit *= 10) {
            if (slot < limit) {
                text.append(' ');
            }
        }
        text.append(slot).append(": ");
    }
}
