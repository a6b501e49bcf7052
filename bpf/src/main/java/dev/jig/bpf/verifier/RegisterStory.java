// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.verifier;

import java.util.ArrayList;
import java.util.List;

/** How a register came to what it holds: the instructions in the log that made it, backwards from the end, in words. */
final class RegisterStory {
    private static final int LONGEST = 4;

    private final List<String> lines;

    /**
     * @param lines of the log
     */
    RegisterStory(List<String> lines) {
        this.lines = lines;
    }

    /** The steps, the last first; empty where the log does not show them. */
    List<String> of(String register) {
        List<String> story = new ArrayList<>();
        String wanted = register;
        for (int i = lines.size() - 1; i >= 0 && story.size() < LONGEST && !wanted.isEmpty(); i--) {
            Step step = step(lines.get(i));
            if (step.instruction.isEmpty()) {
                continue;
            }
            if (step.sets(wanted)) {
                story.add(wanted + " " + step.words() + " at instruction " + step.slot);
                wanted = step.next();
            }
        }
        return story;
    }

    /**
     * A line such as {@code 12: (79) r3 = *(u64 *)(r1 +8)}.
     *
     * @param instruction without number and opcode; empty for other lines
     */
    private record Step(String slot, String instruction) {
        boolean sets(String register) {
            return register.equals("r0") && instruction.startsWith("call ")
                    || instruction.startsWith(register + " ")
                    || instruction.startsWith("w" + register.substring(1) + " ");
        }

        String words() {
            if (instruction.startsWith("call ")) {
                return "was returned by " + callee();
            }
            String value = value();
            if (value.startsWith("*(")) {
                return "was loaded from memory at " + value.substring(value.lastIndexOf('('));
            }
            boolean assigned = instruction.contains(" = ");
            if (assigned && isRegister(value)) {
                return "was copied from " + value;
            }
            return assigned ? "was set to " + value : "was changed by " + instruction.strip();
        }

        private String callee() {
            int hash = instruction.indexOf('#');
            return instruction.substring("call ".length(), hash < 0 ? instruction.length() : hash);
        }

        private String value() {
            int at = instruction.indexOf("= ");
            return at < 0 ? instruction : instruction.substring(at + 2).strip();
        }

        private static boolean isRegister(String text) {
            return text.length() >= 2
                    && (text.charAt(0) == 'r' || text.charAt(0) == 'w')
                    && text.substring(1).chars().allMatch(Character::isDigit);
        }

        /** The register to follow from here on; empty where the story begins. */
        String next() {
            if (instruction.startsWith("call ")) {
                return "";
            }
            String value = value();
            if (!instruction.contains(" = ")) {
                return instruction.substring(0, instruction.indexOf(' ')).replace('w', 'r');
            }
            if (isRegister(value)) {
                return "r" + value.substring(1);
            }
            int base = value.startsWith("*(") ? value.lastIndexOf("(r") : -1;
            int end = base < 0 ? -1 : value.indexOf(' ', base);
            return end < 0 ? "" : value.substring(base + 1, end);
        }
    }

    private static Step step(String line) {
        int colon = line.indexOf(": (");
        int close = colon < 0 ? -1 : line.indexOf(") ", colon);
        boolean numbered = colon > 0 && line.chars().limit(colon).allMatch(Character::isDigit);
        if (!numbered || close < 0) {
            return new Step("", "");
        }
        String instruction = line.substring(close + 2);
        int state = instruction.indexOf(" ;");
        return new Step(line.substring(0, colon), (state < 0 ? instruction : instruction.substring(0, state)).strip());
    }
}
