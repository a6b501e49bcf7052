// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.CustomParams;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Log;
import dev.jig.gadget.Operator;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.ProcessConfiguration;
import dev.jig.gadget.RunOptions;
import dev.jig.operators.cli.CliOperator;
import dev.jig.operators.cli.OutputHelp;
import dev.jig.recording.RecordOperator;
import dev.jig.runtime.LocalOperators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ig run GADGET}. Which flags there are depends on the gadget, so words are parsed twice: first only to find the
 * gadget's name, then, with its params known, in full.
 */
final class RunCommand implements Command {
    /** How long a run is watched, also on daemons. */
    static final Flag TIMEOUT = Flag.plain(
            "timeout",
            "t",
            ParamType.INT,
            "0",
            "Number of seconds that the gadget will run for, 0 to run until Ctrl-C");

    /** Whether to tell about the gadget in place of running it. */
    static final Flag EXPLAIN = Flag.plain(
            "explain",
            ParamType.BOOL,
            "false",
            "Tell what the gadget would load on this kernel, how much memory and which privileges that takes, and exit");

    /** Full name of the param that chooses fields. */
    static final String FIELDS = CliOperator.params().getFirst().qualifiedName();

    /** Full name of the param that chooses how data sources are printed. */
    static final String OUTPUT = CliOperator.OUTPUT_MODE;

    private final Console console;
    private final Environment environment;

    RunCommand(Console console, Environment environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Run a gadget";
    }

    private static FlagSet staticFlags(List<Operator> operators) {
        FlagSet flags = new FlagSet()
                .add(TIMEOUT)
                .add(EXPLAIN)
                .add(SeveralGadgets.MERGE)
                .add(SeveralGadgets.WINDOW)
                .add(GlobalFlags.HELP);
        for (Operator operator : operators) {
            operator.globalParams().forEach(param -> flags.add(Flag.of(param)));
            operator.instanceParams().forEach(param -> flags.add(Flag.of(param)));
        }
        return flags.addAll(GlobalFlags.all());
    }

    @Override
    public int run(List<String> words) {
        List<Operator> operators =
                LocalOperators.with(environment.locations(), new CliOperator(console.output()), new RecordOperator());
        FlagSet known = staticFlags(operators);
        boolean helpAsked = words.contains("--help") || words.contains("-h");
        List<String> withoutHelp = new ArrayList<>(words);
        withoutHelp.removeIf(word -> word.equals("--help") || word.equals("-h"));
        FlagSet.Parsed first = known.parse(withoutHelp, FlagSet.Unknown.SKIPPED);
        if (first.positionals().isEmpty()) {
            known.parse(words, FlagSet.Unknown.REFUSED);
            console.print(help(known, List.of()));
            return ExitCode.SUCCESS;
        }
        Settings settings = Settings.load(environment, first.value(GlobalFlags.CONFIG));
        boolean verbose = first.isTrue(GlobalFlags.VERBOSE)
                || settings.value("verbose").filter("true"::equals).isPresent();
        Log log = new StderrLog(console.errorStream(), TerminalCheck::isErrorTerminal, verbose);
        boolean compat =
                first.given().containsKey(GlobalFlags.COMPAT) ? first.isTrue(GlobalFlags.COMPAT) : settings.compat();
        List<String> images = images(first, compat);
        Request request = new Request(images, words, helpAsked, known, settings, operators, log, compat);
        if (!helpAsked) {
            requireRoot();
        }
        return images.size() > 1 || first.isTrue(SeveralGadgets.MERGE)
                ? SeveralGadgets.run(console, request, first)
                : runGadget(request);
    }

    /** Upstream passes over everything behind the first image. */
    private static List<String> images(FlagSet.Parsed parsed, boolean compat) {
        List<String> words = parsed.positionals();
        if (compat) {
            return words.subList(0, 1);
        }
        List<String> images = new ArrayList<>(words);
        images.subList(1, images.size()).removeIf(RunCommand::isTruth);
        return images;
    }

    private static boolean isTruth(String word) {
        return word.equals("true") || word.equals("false");
    }

    /**
     * The gadgets that are named, now that it is known which flags take no value: a word behind one of these is no value of it.
     *
     * @return nothing when they are those that were taken for named before
     */
    static Optional<List<String>> otherImages(Request request, FlagSet.Parsed parsed) {
        List<String> images = images(parsed, request.compat);
        if (!images.equals(request.images)) {
            return Optional.of(images);
        }
        parsed.positionals().stream()
                .skip(1)
                .filter(RunCommand::isTruth)
                .forEach(word -> request.log.warn(
                        "\"" + word + "\" is ignored: the value of a flag that needs none is joined to it with \"=\""));
        return Optional.empty();
    }

    private void requireRoot() {
        if (!environment.isRoot()) {
            throw new CliException("initializing runtime: ig must be run as root to be able to run eBPF programs");
        }
    }

    /** Everything that is known before the gadgets are looked at. */
    record Request(
            List<String> images,
            List<String> words,
            boolean helpAsked,
            FlagSet known,
            Settings settings,
            List<Operator> operators,
            Log log,
            boolean compat) {
        /** The same for other gadgets. */
        Request with(List<String> named) {
            return new Request(named, words, helpAsked, known, settings, operators, log, compat);
        }
    }

    private int runGadget(Request request) {
        // The values of params that decide how the image is read are needed before its own params are known.
        FlagSet.Parsed early = request.known.parse(withoutHelp(request.words), FlagSet.Unknown.SKIPPED);
        Map<String, String> values = new LinkedHashMap<>(configured(request));
        values.putAll(values(early));
        RunOptions options = new RunOptions(ParamValues.view(values), request.log, request.compat);
        GadgetContext context = context(request.images.getFirst(), request, options);
        try (GadgetRun run = new GadgetRun(context, request.operators)) {
            prepare(run);
            FlagSet all = request.known;
            context.params().forEach(param -> all.add(Flag.of(param)));
            FlagSet.Parsed parsed = all.parse(request.words, FlagSet.Unknown.REFUSED);
            Optional<List<String>> others = otherImages(request, parsed);
            if (others.isPresent()) {
                run.close();
                return SeveralGadgets.run(console, request.with(others.get()), parsed);
            }
            if (request.helpAsked) {
                console.print(help(all, OutputHelp.params(context.dataSources())));
                return ExitCode.SUCCESS;
            }
            values.putAll(values(parsed));
            long seconds = Long.parseLong(parsed.value(TIMEOUT));
            GadgetAction action = parsed.isTrue(EXPLAIN)
                    ? explanation(values.getOrDefault(CliOperator.OUTPUT_MODE, ""))
                    : chosen -> new WatchedRun(console).execute(chosen, Duration.ofSeconds(seconds));
            return changesMetadata(parsed) ? executeAnew(request, options, action) : action.execute(run);
        }
    }

    /** What is done with a gadget that is prepared. */
    @FunctionalInterface
    private interface GadgetAction {
        /** Returns the exit code. */
        int execute(GadgetRun run);
    }

    private GadgetAction explanation(String outputMode) {
        ExplanationText text = ExplanationText.of(outputMode);
        return run -> {
            console.print(text.write(run.explain()));
            return ExitCode.SUCCESS;
        };
    }

    /** Custom params change the metadata, by which everything else was prepared. */
    private static boolean changesMetadata(FlagSet.Parsed parsed) {
        return parsed.given().keySet().stream()
                .anyMatch(flag -> flag.param().prefix().equals(CustomParams.PREFIX));
    }

    private int executeAnew(Request request, RunOptions options, GadgetAction action) {
        GadgetContext context = context(request.images.getFirst(), request, options);
        try (GadgetRun run = new GadgetRun(context, request.operators)) {
            prepare(run);
            return action.execute(run);
        }
    }

    static GadgetContext context(String image, Request request, RunOptions options) {
        GadgetContext context = new GadgetContext(image, options);
        context.put(ProcessConfiguration.KEY, request.settings.file());
        return context;
    }

    static void prepare(GadgetRun run) {
        try {
            run.prepare();
        } catch (GadgetException wrong) {
            throw new GadgetException("fetching gadget information: " + wrong.getMessage(), wrong);
        }
    }

    static List<String> withoutHelp(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        rest.removeIf(word -> word.equals("--help") || word.equals("-h"));
        return rest;
    }

    static Map<String, String> configured(Request request) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Flag flag : request.known.flags()) {
            Param param = flag.param();
            if (!param.prefix().isEmpty()) {
                request.settings
                        .value(param.qualifiedName())
                        .ifPresent(value -> values.put(param.qualifiedName(), value));
            }
        }
        return values;
    }

    static Map<String, String> values(FlagSet.Parsed parsed) {
        Map<String, String> values = new LinkedHashMap<>();
        parsed.given().forEach((flag, value) -> values.put(flag.param().qualifiedName(), value));
        return values;
    }

    /**
     * @param described params whose descriptions were too costly to make for a run
     */
    static String help(FlagSet flags, List<Param> described) {
        List<Flag> local = new ArrayList<>(flags.flags());
        local.removeAll(GlobalFlags.all());
        for (Param param : described) {
            local.replaceAll(flag -> flag.name().equals(param.key()) ? Flag.of(param) : flag);
        }
        return "Run a gadget\n\nUsage:\n  ig run GADGET [flags]\n\nFlags:\n" + HelpText.flags(local)
                + "\nGlobal Flags:\n" + HelpText.flags(GlobalFlags.all());
    }
}
