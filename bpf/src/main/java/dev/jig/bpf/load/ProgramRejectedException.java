// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Reference;
import dev.jig.bpf.object.SourceLine;
import dev.jig.bpf.program.VerifierException;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.bpf.verifier.VerifierExplanation;
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

    /**
     * @param typesRefusal why the kernel refused the object's types, if it did; some programs cannot do without them
     */
    static ProgramRejectedException explain(
            LinkedProgram program, VerifierException refused, Optional<String> typesRefusal) {
        List<String> lines = reasonLines(refused.log());
        StringBuilder detail = new StringBuilder();
        if (lines.isEmpty()) {
            detail.append(refused.detail().isEmpty() ? "the kernel gave no reason" : refused.detail());
        } else {
            detail.append(lines.getLast());
            addPlace(detail, program, lastInstruction(lines));
        }
        for (String line : VerifierExplanation.of(refused.log()).lines()) {
            detail.append("\n  ").append(line);
        }
        typesRefusal.ifPresent(cause ->
                detail.append("\n  the program was loaded without its types: ").append(cause));
        if (!lines.isEmpty()) {
            detail.append("\n  the verifier's last lines:");
            for (String line : lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())) {
                detail.append("\n    ").append(line);
            }
        }
        return new ProgramRejectedException(refused.action(), refused.errno(), detail.toString(), refused.log());
    }

    private static void addPlace(StringBuilder detail, LinkedProgram program, int instruction) {
        if (instruction < 0) {
            return;
        }
        Optional<BpfPoison> poison = program.poisonAt(instruction);
        poison.ifPresent(found -> detail.append("\n  ").append(found.message()));
        missingFunction(program, instruction)
                .ifPresent(name -> detail.append("\n  instruction ")
                        .append(instruction)
                        .append(" calls the kernel function ")
                        .append(name)
                        .append(", which this kernel lacks or declares otherwise"));
        Optional<SourceLine> place =
                poison.isPresent() ? program.sourceLine(poison.get()) : program.sourceLine(instruction);
        place.ifPresent(line -> detail.append("\n  at ").append(describe(line)));
    }

    /** The weak function that a call refers to, should the verifier complain about the call. */
    private static Optional<String> missingFunction(LinkedProgram program, int instruction) {
        for (Reference reference : program.references()) {
            if (reference.instruction() == instruction
                    && reference instanceof Reference.ToKernelFunction function
                    && function.weak()) {
                return Optional.of(function.name());
            }
        }
        return Optional.empty();
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

    private static String describe(SourceLine line) {
        String place = line.file() + ":" + line.line();
        return line.text().isBlank() ? place : place + ": " + line.text().strip();
    }
}
