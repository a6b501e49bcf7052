// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.SourceLine;
import dev.jig.bpf.program.VerifierException;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel refused a program. The message has the verifier's reason, the source line that it speaks of, and the end of
 * its log.
 */
public final class ProgramRejectedException extends SystemCallException {
    private static final long serialVersionUID = 1L;

    private static final int SHOWN_LINES = 6;

    private final String log;

    private ProgramRejectedException(String action, Errno errno, String detail, String log) {
        super(action, errno, detail);
        this.log = log;
    }

    static ProgramRejectedException explain(LinkedProgram program, VerifierException refused) {
        List<String> lines = reasonLines(refused.log());
        StringBuilder detail = new StringBuilder();
        if (lines.isEmpty()) {
            String message = String.valueOf(refused.getMessage());
            int colon = message.indexOf(": ", refused.action().length() + 2);
            detail.append(colon < 0 ? "the kernel gave no reason" : message.substring(colon + 2));
        } else {
            detail.append(lines.getLast());
            int instruction = lastInstruction(lines);
            poison(program, instruction)
                    .ifPresent(found -> detail.append("\n  ").append(found.message()));
            source(program, instruction)
                    .ifPresent(line -> detail.append("\n  at ").append(describe(line)));
            detail.append("\n  the verifier's last lines:");
            for (String line : lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())) {
                detail.append("\n    ").append(line);
            }
        }
        return new ProgramRejectedException(refused.action(), refused.errno(), detail.toString(), refused.log());
    }

    /** The verifier's whole log; empty when it was not reached. */
    public String log() {
        return log;
    }

    /** The log without blank lines and the statistics at its end. */
    private static List<String> reasonLines(String log) {
        List<String> lines = new ArrayList<>();
        log.lines()
                .filter(line ->
                        !line.isBlank() && !line.startsWith("processed ") && !line.startsWith("verification time"))
                .forEach(lines::add);
        return lines;
    }

    /** The number in front of the last line that looks like {@code 12: (85) call …}; -1 when there is none. */
    private static int lastInstruction(List<String> lines) {
        for (String line : lines.reversed()) {
            int colon = line.indexOf(": (");
            if (colon > 0 && line.chars().limit(colon).allMatch(Character::isDigit)) {
                return Integer.parseInt(line.substring(0, colon));
            }
        }
        return -1;
    }

    private static Optional<BpfPoison> poison(LinkedProgram program, int instruction) {
        return instruction < 0 ? Optional.empty() : program.poisonAt(instruction);
    }

    private static Optional<SourceLine> source(LinkedProgram program, int instruction) {
        return instruction < 0 ? Optional.empty() : program.sourceLine(instruction);
    }

    private static String describe(SourceLine line) {
        return line.file() + ":" + line.line() + ": " + line.text().strip();
    }
}
