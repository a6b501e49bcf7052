// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import dev.jig.bpf.insn.Bytecode;
import java.util.Map;

/** Instructions in the words of {@code oracle.c}. */
final class InstructionText {
    private InstructionText() {}

    /**
     * One line for each slot.
     *
     * @param maps names of maps, by the slot that refers to them; they stand in place of the number
     */
    static String of(Bytecode code, Map<Integer, String> maps) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < code.slots(); i++) {
            text.append(i).append(code.opcode(i) < 0x10 ? ": 0" : ": ").append(Integer.toHexString(code.opcode(i)));
            text.append(' ').append(Integer.toHexString(code.destination(i)));
            text.append(' ').append(Integer.toHexString(code.source(i)));
            text.append(' ').append(code.offset(i)).append(' ');
            if (maps.containsKey(i)) {
                text.append("0 ").append(maps.get(i)).append('\n');
            } else {
                text.append(code.immediate(i)).append('\n');
            }
        }
        return text.toString();
    }
}
