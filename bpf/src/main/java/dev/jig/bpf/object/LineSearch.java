// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.ExtensionSection;
import dev.jig.bpf.insn.Bytecode;
import java.util.Optional;

/**
 * Finds the source line of one instruction among the line records of its section (kernel: {@code struct bpf_line_info}: instruction, file, text, line and
 * column).
 */
final class LineSearch {
    private static final int LINE_SHIFT = 10;
    private static final String FLAVOUR = "___";
    /** How many records on either side may speak of the instruction instead of its own. */
    private static final int NEAR = 8;

    private final Btf btf;
    private final ExtensionSection lines;
    private final long wanted;
    private final long start;
    private final long end;

    LineSearch(Btf btf, ExtensionSection lines, FunctionSpec function, int slot) {
        this.btf = btf;
        this.lines = lines;
        this.start = (long) function.firstSlot() * Bytecode.SLOT;
        this.end = start + (long) function.slots() * Bytecode.SLOT;
        this.wanted = start + (long) slot * Bytecode.SLOT;
    }

    /** That of the closest record at or before the instruction. */
    Optional<SourceLine> line() {
        return at(own());
    }

    /**
     * The same, unless only a neighbour has the word. Compilers put constants, such as offsets of fields, into registers ahead of the statement that needs
     * them, and give those instructions no line: they then seem to belong to the statement before.
     */
    Optional<SourceLine> line(String word) {
        int own = own();
        if (isIn(own) && (lines.instructionOffset(own) == wanted || has(own, word))) {
            return at(own);
        }
        for (int distance = 1; distance <= NEAR; distance++) {
            if (has(own + distance, word)) {
                return at(own + distance);
            }
            if (has(own - distance, word)) {
                return at(own - distance);
            }
        }
        // Lines of headers often have no text that could have the word.
        boolean silentNext = isIn(own + 1) && text(own + 1).isBlank();
        return at(silentNext || !isIn(own) ? own + 1 : own);
    }

    private int own() {
        return lines.firstAt(wanted + 1) - 1;
    }

    private boolean isIn(int index) {
        if (index < 0 || index >= lines.count()) {
            return false;
        }
        long offset = lines.instructionOffset(index);
        return offset >= start && offset < end;
    }

    private Optional<SourceLine> at(int index) {
        if (!isIn(index)) {
            return Optional.empty();
        }
        int place = lines.word(index, 3);
        return Optional.of(new SourceLine(
                btf.string(lines.word(index, 1) & 0xffff_ffffL),
                place >>> LINE_SHIFT,
                place & ((1 << LINE_SHIFT) - 1),
                text(index)));
    }

    private String text(int index) {
        return btf.string(lines.word(index, 2) & 0xffff_ffffL);
    }

    private boolean has(int index, String word) {
        if (!isIn(index)) {
            return false;
        }
        String text = text(index);
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int next = at + word.length();
            boolean ends = !isPartOfName(text, next) || text.startsWith(FLAVOUR, next);
            if (ends && !isPartOfName(text, at - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPartOfName(String text, int index) {
        return index >= 0 && index < text.length() && Character.isJavaIdentifierPart(text.charAt(index));
    }
}
