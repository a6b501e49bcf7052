// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Explanation;
import dev.jig.gadget.ParamType;
import dev.jig.inspect.check.Answer;
import dev.jig.inspect.check.MachineFile;
import dev.jig.inspect.check.Preflight;
import dev.jig.inspect.check.Report;
import dev.jig.inspect.check.RunningTarget;
import dev.jig.inspect.check.Target;
import dev.jig.runtime.Locations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ig check IMAGE…}: whether gadgets will load on this machine or another one, told without loading them. */
final class CheckCommand extends SimpleCommand {
    private static final int SOME_FAIL = 2;
    private static final int SOME_UNKNOWN = 3;
    private static final int SHOWN = 5;

    private static final Flag ALL =
            Flag.plain("all", ParamType.BOOL, "false", "Check all gadgets of the store and of the program");
    private static final Flag BTF =
            Flag.plain("btf", ParamType.STRING, "", "Types of another machine's kernel, its /sys/kernel/btf/vmlinux");
    private static final Flag KERNEL =
            Flag.plain("kernel", ParamType.STRING, "", "Version of another machine's kernel, such as 5.10");
    private static final Flag OPTIONS = Flag.plain(
            "kernel-config", ParamType.STRING, "", "Options of another machine's kernel, its /boot/config-VERSION");
    private static final Flag MACHINE =
            Flag.plain("machine", ParamType.STRING, "", "Another machine, as --save-machine wrote it there");
    private static final Flag SAVE = Flag.plain(
            "save-machine", ParamType.STRING, "", "Write to a file what this machine can do, for checks elsewhere");
    private static final Flag OUTPUT =
            Flag.plain("output", "o", ParamType.STRING, "columns", "Output mode: columns, json or jsonpretty");

    private final Locations locations;

    CheckCommand(Console console, Environment environment) {
        super(console, "ig check IMAGE...", List.of(ALL, BTF, KERNEL, OPTIONS, MACHINE, SAVE, OUTPUT));
        this.locations = environment.locations();
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "Tell whether gadgets will load, without loading them";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        ExplanationText text = ExplanationText.of(parsed.value(OUTPUT));
        String file = parsed.value(SAVE);
        if (!file.isEmpty()) {
            MachineFile.save(new RunningTarget(locations.cache()), Path.of(file));
        }
        List<String> names = new ArrayList<>(parsed.positionals());
        if (parsed.isTrue(ALL)) {
            names.addAll(GadgetNames.in(locations));
        }
        if (names.isEmpty()) {
            if (!file.isEmpty()) {
                return ExitCode.SUCCESS;
            }
            throw new CliException("which gadgets? Name some, or use --all");
        }
        Preflight preflight = new Preflight(target(parsed));
        ImageOpener opener = new ImageOpener(locations);
        List<Report> reports = new ArrayList<>();
        names.forEach(name -> reports.add(preflight.check(name, opener.open(name))));
        List<Explanation> sections =
                new ArrayList<>(List.of(gadgets(reports, parsed.value(OUTPUT).equals("columns"))));
        if (reports.size() == 1) {
            sections.add(programs(reports.getFirst()));
        }
        console().print(text.write(sections));
        return exitCode(reports);
    }

    private static Optional<String> given(FlagSet.Parsed parsed, Flag flag) {
        return Optional.of(parsed.value(flag)).filter(value -> !value.isEmpty());
    }

    private Target target(FlagSet.Parsed parsed) {
        Optional<String> machine = given(parsed, MACHINE);
        if (machine.isPresent()) {
            return MachineFile.read(Path.of(machine.get()));
        }
        Optional<Path> btf = given(parsed, BTF).map(Path::of);
        Optional<Path> options = given(parsed, OPTIONS).map(Path::of);
        Optional<String> version = given(parsed, KERNEL);
        return btf.isPresent() || options.isPresent() || version.isPresent()
                ? MachineFile.of(btf, version, options)
                : new RunningTarget(locations.cache());
    }

    private static String word(Answer.Certainty verdict) {
        return switch (verdict) {
            case YES -> "will load";
            case NO -> "will not load";
            case UNKNOWN -> "unknown";
        };
    }

    private static Explanation gadgets(List<Report> reports, boolean shortly) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Report report : reports) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("gadget", report.gadget());
            row.put("verdict", word(report.verdict()));
            row.put(
                    "how",
                    shortly && report.how().size() > SHOWN
                            ? List.of(report.how().size() + " jobs")
                            : report.how());
            row.put("why", shortly ? shortened(report.why()) : report.why());
            rows.add(row);
        }
        return new Explanation("gadgets", List.of("gadget", "verdict", "how", "why"), rows);
    }

    /** The first reasons and how many more there are. */
    private static List<String> shortened(List<String> reasons) {
        if (reasons.size() <= SHOWN) {
            return reasons;
        }
        List<String> first = new ArrayList<>(reasons.subList(0, 1));
        first.add("and " + (reasons.size() - 1) + " more like that (-o json shows them)");
        return first;
    }

    private static Explanation programs(Report report) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Report.Program program : report.programs()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("program", program.name());
            row.put("hook", program.section());
            if (!program.job().isEmpty()) {
                row.put("job", program.job());
                row.put("rank", (long) program.rank());
            }
            row.put("verdict", word(program.verdict()));
            if (program.instructions() > 0) {
                row.put("instructions", (long) program.instructions());
                row.put("stack", (long) program.stack());
            }
            row.put("why", program.problems());
            rows.add(row);
        }
        return new Explanation(
                "programs", List.of("program", "hook", "job", "rank", "verdict", "instructions", "stack", "why"), rows);
    }

    private static int exitCode(List<Report> reports) {
        int code = ExitCode.SUCCESS;
        for (Report report : reports) {
            if (report.verdict() == Answer.Certainty.NO) {
                return SOME_FAIL;
            }
            code = report.verdict() == Answer.Certainty.UNKNOWN ? SOME_UNKNOWN : code;
        }
        return code;
    }
}
