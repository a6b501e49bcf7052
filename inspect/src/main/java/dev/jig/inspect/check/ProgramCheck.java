// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.object.Extern;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.Reference;
import dev.jig.inspect.flow.FlowOptions;
import dev.jig.inspect.flow.ObjectFlow;
import dev.jig.inspect.flow.ProgramFlow;
import dev.jig.operators.ebpf.Privileges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the programs of one object against one machine. */
final class ProgramCheck {
    /** The kernel's {@code MAX_BPF_STACK}. */
    private static final int MOST_STACK = 512;

    private static final int MOST_INSTRUCTIONS = 1_000_000;
    /** {@code BPF_MAXINSNS}, the limit before Linux 5.2. */
    private static final int MOST_INSTRUCTIONS_BEFORE = 4096;
    /** Helpers that the loader replaces where they are missing: the boot clock, and reads of kernel or user memory. */
    private static final Set<Integer> REPLACED = Set.of(112, 113, 114, 115, 125);

    private final ObjectFile object;
    private final Target target;
    private final Linker linker;
    private final FlowOptions options;
    private final Set<String> flexibleMaps = new HashSet<>();

    ProgramCheck(ObjectFile object, Target target, Map<String, Long> given) {
        this.object = object;
        this.target = target;
        this.linker = target.types().isEmpty()
                ? Linker.asCompiled(object)
                : new Linker(object, CoreTargets.of(target.types().toArray(new Btf[0])));
        Map<String, Long> values = new HashMap<>(given);
        target.version().ifPresent(version -> values.put("LINUX_KERNEL_VERSION", (long) version.code()));
        this.options = new FlowOptions(values, !target.types().isEmpty(), absentSymbols());
        for (MapSpec map : object.maps()) {
            if (object.btf()
                    .find("gadget_map_tracer_" + map.name(), BtfKind.VARIABLE)
                    .isPresent()) {
                flexibleMaps.add(map.name());
            }
        }
    }

    private Set<String> absentSymbols() {
        Set<String> absent = new HashSet<>();
        for (Extern extern : object.externs()) {
            boolean typed = extern instanceof Extern.KernelFunction
                    || extern instanceof Extern.KernelSymbol symbol && symbol.type() != 0;
            BtfKind kind = extern instanceof Extern.KernelFunction ? BtfKind.FUNCTION : BtfKind.VARIABLE;
            if (typed && extern.weak() && !target.hasType(extern.name(), kind)) {
                absent.add(extern.name());
            }
        }
        return absent;
    }

    Report.Program check(ProgramSpec program, String job, int rank) {
        Findings findings = new Findings();
        findings.add(target.hook(program.section()));
        int instructions = 0;
        int stack = 0;
        // Nothing more need be known of a program that has nothing to attach to.
        if (findings.areGood()) {
            try {
                LinkedProgram linked = linker.link(program);
                instructions = linked.code().slots();
                ProgramFlow flow = ObjectFlow.of(object, linked, options);
                stack = flow.stack();
                addNeeds(findings, program, linked, flow);
            } catch (BpfException malformed) {
                findings.add(Answer.no(String.valueOf(malformed.getMessage())));
            }
        }
        return new Report.Program(
                program.name(),
                program.section().text(),
                job,
                rank,
                findings.verdict(),
                findings.problems(),
                instructions,
                stack);
    }

    private void addNeeds(Findings findings, ProgramSpec program, LinkedProgram linked, ProgramFlow flow) {
        addTypes(findings, linked, flow);
        for (int helper : flow.helpers().keySet()) {
            if (helper != BpfPoison.HELPER && !REPLACED.contains(helper)) {
                findings.add(target.helper(program.section(), helper));
            }
        }
        for (String function : flow.kernelFunctions().keySet()) {
            if (!target.types().isEmpty() && !target.hasType(function, BtfKind.FUNCTION)) {
                findings.add(Answer.no("this kernel has no function " + function + " that programs may call"));
            }
        }
        if (!target.types().isEmpty()) {
            new TypedArguments(target)
                    .problem(program.section(), flow.dereferenced())
                    .ifPresent(findings::add);
        }
        addMaps(findings, linked);
        addLimits(findings, linked, flow);
        List<String> needed = new ArrayList<>(Privileges.ofProgram(program.section(), linked.code()));
        for (String capability : target.missingCapabilities(needed)) {
            findings.add(Answer.no("whoever loads it lacks " + capability + ": run as root"));
        }
    }

    private void addTypes(Findings findings, LinkedProgram linked, ProgramFlow flow) {
        if (target.types().isEmpty() && !linked.coreNeeds().isEmpty()) {
            findings.add(Answer.unknown("the program adapts to the kernel's types, which are not known: give --btf"));
            return;
        }
        for (int slot : flow.helpers().getOrDefault(BpfPoison.HELPER, List.of())) {
            linked.poisonAt(slot)
                    .ifPresent(poison ->
                            findings.add(Answer.no("needs the " + poison.kind().words() + " "
                                    + poison.subject() + ": " + poison.cause()
                                    + linked.sourceLine(poison)
                                            .map(line -> " (" + line.file() + ":" + line.line() + ")")
                                            .orElse(""))));
        }
    }

    private void addMaps(Findings findings, LinkedProgram linked) {
        Set<String> used = new HashSet<>();
        for (Reference reference : linked.references()) {
            if (reference instanceof Reference.ToMap map && used.add(map.map()) && !flexibleMaps.contains(map.map())) {
                object.map(map.map()).ifPresent(spec -> findings.add(target.map(spec.type())));
            }
        }
    }

    private void addLimits(Findings findings, LinkedProgram linked, ProgramFlow flow) {
        boolean old = target.version().isPresent() && !target.version().get().isAtLeast(5, 2);
        int most = old ? MOST_INSTRUCTIONS_BEFORE : MOST_INSTRUCTIONS;
        if (linked.code().slots() > most) {
            findings.add(Answer.no("it has " + linked.code().slots() + " instructions, more than the " + most
                    + " that this kernel takes"));
        }
        if (flow.stack() > MOST_STACK) {
            findings.add(Answer.unknown("it may use " + flow.stack() + " bytes of stack, more than " + MOST_STACK));
        }
    }

    /** What was found about one program. */
    private static final class Findings {
        private final List<String> problems = new ArrayList<>();
        private boolean no;
        private boolean unknown;

        void add(Answer answer) {
            if (!answer.isYes()) {
                no |= answer.certainty() == Answer.Certainty.NO;
                unknown |= answer.certainty() == Answer.Certainty.UNKNOWN;
                if (!problems.contains(answer.reason())) {
                    problems.add(answer.reason());
                }
            }
        }

        boolean areGood() {
            return !no;
        }

        Answer.Certainty verdict() {
            return no ? Answer.Certainty.NO : unknown ? Answer.Certainty.UNKNOWN : Answer.Certainty.YES;
        }

        List<String> problems() {
            return problems;
        }
    }
}
