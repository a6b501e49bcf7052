// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A refusal in words.
 *
 * @param message what the verifier said
 * @param story how the register that it speaks of came to its value, the last step first
 * @param refusal likely cause and hint, if this is a known way to go wrong
 */
public record VerifierExplanation(String message, List<String> story, Optional<Refusal> refusal) {
    private static final int LOOKED_AT = 4;

    public VerifierExplanation {
        story = List.copyOf(story);
    }

    /** Explains a log. */
    public static VerifierExplanation of(String log) {
        if (log.isBlank()) {
            return new VerifierExplanation("", List.of(), Optional.empty());
        }
        List<String> lines = new ArrayList<>();
        log.lines()
                .filter(line -> !line.isBlank()
                        && !line.startsWith("processed ")
                        && !line.startsWith("verification time")
                        && !line.startsWith("stack depth "))
                .forEach(lines::add);
        Refusals refusals = Refusals.read();
        String message = lines.isEmpty() ? "" : lines.getLast();
        Optional<Refusal> found = Optional.empty();
        for (int i = lines.size() - 1; i >= Math.max(0, lines.size() - LOOKED_AT) && found.isEmpty(); i--) {
            String line = lines.get(i);
            if (!isInstruction(line)) {
                // What a register lacks at the end of a program is its result.
                boolean atExit = i > 0 && lines.get(i - 1).endsWith("(95) exit");
                found = refusals.find(atExit ? line + " at exit" : line);
                message = found.isPresent() ? line : message;
            }
        }
        return new VerifierExplanation(message, new RegisterStory(lines).of(register(message)), found);
    }

    private static boolean isInstruction(String line) {
        int colon = line.indexOf(": (");
        return colon > 0 && line.chars().limit(colon).allMatch(Character::isDigit);
    }

    /** The register that a message speaks of, such as {@code R3}; empty if none. */
    private static String register(String message) {
        for (int i = 0; i + 1 < message.length(); i++) {
            boolean starts = message.charAt(i) == 'R'
                    && Character.isDigit(message.charAt(i + 1))
                    && (i == 0 || !Character.isLetterOrDigit(message.charAt(i - 1)));
            if (starts) {
                int end = i + 1;
                while (end < message.length() && Character.isDigit(message.charAt(end))) {
                    end++;
                }
                return "r" + message.substring(i + 1, end);
            }
        }
        return "";
    }

    /** Story, cause and hint, a line each, indented; empty if there is nothing to say. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!story.isEmpty()) {
            lines.add("how it came to that: " + String.join("; ", story));
        }
        refusal.ifPresent(known -> {
            lines.add("likely cause: " + known.cause());
            lines.add("hint: " + known.hint());
        });
        return lines;
    }
}
