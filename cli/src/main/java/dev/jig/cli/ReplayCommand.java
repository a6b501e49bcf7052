// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Operator;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.gadget.ProcessConfiguration;
import dev.jig.operators.cli.CliOperator;
import dev.jig.operators.cli.OutputHelp;
import dev.jig.recording.Recording;
import dev.jig.recording.ReplayOperator;
import dev.jig.runtime.ReplayOperators;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ig replay FILE}: shows a run that was recorded, as if it ran now. Needs neither the kernel nor privileges. */
final class ReplayCommand implements Command {
    private static final Flag STATISTICS =
            Flag.plain("stats", ParamType.BOOL, "false", "Tell what is in the recording, and exit");

    private final Console console;
    private final Environment environment;

    ReplayCommand(Console console, Environment environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String summary() {
        return "Replay a recorded run";
    }

    @Override
    public String usage() {
        return "ig replay FILE";
    }

    @Override
    public Collection<Flag> flags() {
        return staticFlags().flags();
    }

    @Override
    public int run(List<String> words) {
        FlagSet known = staticFlags();
        List<String> withoutHelp = new ArrayList<>(words);
        boolean help = withoutHelp.removeIf(word -> word.equals("--help") || word.equals("-h"));
        FlagSet.Parsed first = known.parse(withoutHelp, FlagSet.Unknown.SKIPPED);
        if (first.positionals().isEmpty()) {
            known.parse(words, FlagSet.Unknown.REFUSED);
            console.print(HelpText.command(this, known.flags()));
            return ExitCode.SUCCESS;
        }
        try (Recording recording = Recording.open(Path.of(first.positionals().getFirst()))) {
            if (first.isTrue(STATISTICS)) {
                FlagSet.Parsed parsed = known.parse(words, FlagSet.Unknown.REFUSED);
                SimpleCommand.exactly(1, parsed);
                console.print(RecordingStatistics.write(
                        recording.summarise(),
                        parsed.value(Flag.of(CliOperator.params().getLast()))));
                return ExitCode.SUCCESS;
            }
            return replay(recording, words, first, help, known);
        }
    }

    private static FlagSet staticFlags() {
        FlagSet flags = new FlagSet()
                .add(RunCommand.TIMEOUT)
                .add(STATISTICS)
                .add(GlobalFlags.HELP)
                .add(Flag.of(ReplayOperator.SPEED));
        CliOperator.params().forEach(param -> flags.add(Flag.of(param)));
        return flags.addAll(GlobalFlags.all());
    }

    private int replay(Recording recording, List<String> words, FlagSet.Parsed first, boolean help, FlagSet known) {
        Surroundings surroundings = Surroundings.of(console, environment, first);
        Map<String, String> values = new LinkedHashMap<>(recording.values(Map.of()));
        GadgetContext context = new GadgetContext(recording.image(), surroundings.options(values));
        context.put(ProcessConfiguration.KEY, surroundings.settings().file());
        List<Operator> operators = ReplayOperators.with(recording, new CliOperator(console.output()));
        operators.forEach(operator -> add(operator.globalParams(), known));
        operators.forEach(operator -> add(operator.instanceParams(), known));
        FlagSet.Parsed early = known.parse(words, FlagSet.Unknown.SKIPPED);
        values.putAll(given(early));
        try (GadgetRun run = new GadgetRun(context, operators)) {
            run.prepare();
            add(context.params(), known);
            FlagSet.Parsed parsed = known.parse(words, FlagSet.Unknown.REFUSED);
            if (help) {
                console.print(HelpText.command(
                        this, HelpText.described(known.flags(), OutputHelp.params(context.dataSources()))));
                return ExitCode.SUCCESS;
            }
            SimpleCommand.exactly(1, parsed);
            parsed.warnings().forEach(context.log()::warn);
            surroundings.checkKeys(known.flags(), false);
            surroundings.settings().fill(known.flags(), values);
            values.putAll(given(parsed));
            return new WatchedRun(console)
                    .execute(run, Duration.ofSeconds(Long.parseLong(parsed.value(RunCommand.TIMEOUT))));
        }
    }

    private static void add(Collection<Param> params, FlagSet known) {
        params.forEach(param -> known.add(Flag.of(param)));
    }

    private static Map<String, String> given(FlagSet.Parsed parsed) {
        Map<String, String> values = new LinkedHashMap<>();
        parsed.given().forEach((flag, value) -> values.put(flag.param().qualifiedName(), value));
        return values;
    }
}
