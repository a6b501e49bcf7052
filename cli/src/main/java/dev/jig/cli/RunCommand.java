// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.CustomParams;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Operator;
import dev.jig.gadget.ParamType;
import dev.jig.gadget.ProcessConfiguration;
import dev.jig.gadget.RunOptions;
import dev.jig.image.ImageFile;
import dev.jig.operators.cli.CliOperator;
import dev.jig.operators.cli.OutputHelp;
import dev.jig.recording.RecordOperator;
import dev.jig.runtime.LocalOperators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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

    private static final String VERIFY = "operator.oci.verify-image";

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

    private List<Operator> operators() {
        return LocalOperators.with(environment.locations(), new CliOperator(console.output()), new RecordOperator());
    }

    private static FlagSet staticFlags(List<Operator> operators) {
        FlagSet flags = new FlagSet()
                .add(TIMEOUT)
                .add(EXPLAIN)
                .add(Manifest.FILE)
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
    public String usage() {
        return "ig run GADGET";
    }

    @Override
    public Collection<Flag> flags() {
        return staticFlags(operators()).flags();
    }

    @Override
    public int run(List<String> words) {
        List<Operator> operators = operators();
        FlagSet known = staticFlags(operators);
        boolean helpAsked = words.contains("--help") || words.contains("-h");
        List<String> withoutHelp = new ArrayList<>(words);
        withoutHelp.removeIf(word -> word.equals("--help") || word.equals("-h"));
        FlagSet.Parsed first = known.parse(withoutHelp, FlagSet.Unknown.SKIPPED);
        List<String> named = images(first);
        if (named.isEmpty()) {
            known.parse(words, FlagSet.Unknown.REFUSED);
            console.print(HelpText.command(this, known.flags()));
            return ExitCode.SUCCESS;
        }
        if (!helpAsked) {
            requireRoot();
        }
        Surroundings surroundings = Surroundings.of(console, environment, first);
        Optional<Manifest> manifest = manifest(first);
        // Upstream passes over everything behind the first image.
        List<String> images = manifest.map(found -> List.of(found.image()))
                .orElse(surroundings.compat() ? named.subList(0, 1) : named);
        Request request = new Request(images, manifest, words, helpAsked, known, surroundings, operators);
        return images.size() > 1 || first.isTrue(SeveralGadgets.MERGE)
                ? SeveralGadgets.run(this, console, request, first)
                : runGadget(request);
    }

    /** The words that name gadgets; with a manifest, its file does. */
    private List<String> images(FlagSet.Parsed first) {
        String file = first.value(Manifest.FILE);
        if (!file.isEmpty()) {
            if (!first.positionals().isEmpty()) {
                throw new CliException("please only specify an image OR manifest");
            }
            return List.of(file);
        }
        if (first.positionals().isEmpty()) {
            // Behind a flag that only the gadget knows, its name looked like the flag's value.
            List<String> known = GadgetNames.in(environment.locations());
            for (String word : first.passedOver()) {
                if (known.contains(word) || ImageFile.isPath(word)) {
                    return List.of(word);
                }
            }
        }
        return first.positionals();
    }

    private static Optional<Manifest> manifest(FlagSet.Parsed first) {
        String file = first.value(Manifest.FILE);
        return file.isEmpty() ? Optional.empty() : Optional.of(Manifest.readOne(file, ""));
    }

    /**
     * The gadgets that are named, now that it is known which flags take no value: a word behind one of these is no value of it.
     *
     * @return nothing when they are those that were taken for named before
     */
    static Optional<List<String>> otherImages(Request request, FlagSet.Parsed parsed) {
        if (parsed.positionals().isEmpty() && request.manifest.isEmpty()) {
            throw new CliException("no gadget is named: \"" + request.images.getFirst() + "\" is the value of a flag");
        }
        boolean one = request.manifest.isPresent() || request.surroundings.compat();
        return one || parsed.positionals().equals(request.images)
                ? Optional.empty()
                : Optional.of(parsed.positionals());
    }

    private void requireRoot() {
        if (!environment.isRoot()) {
            throw new CliException("initializing runtime: ig must be run as root to be able to run eBPF programs");
        }
    }

    /** Everything that is known before the gadgets are looked at. */
    record Request(
            List<String> images,
            Optional<Manifest> manifest,
            List<String> words,
            boolean helpAsked,
            FlagSet known,
            Surroundings surroundings,
            List<Operator> operators) {
        Settings settings() {
            return surroundings.settings();
        }

        /** The same for other gadgets. */
        Request with(List<String> named) {
            return new Request(named, manifest, words, helpAsked, known, surroundings, operators);
        }
    }

    private int runGadget(Request request) {
        // The values of params that decide how the image is read are needed before its own params are known.
        FlagSet.Parsed early = request.known.parse(withoutHelp(request.words), FlagSet.Unknown.SKIPPED);
        Map<String, String> values = new LinkedHashMap<>();
        request.settings().fill(request.known.flags(), values);
        request.manifest.ifPresent(manifest -> values.putAll(manifest.params()));
        values.putAll(values(early));
        if (request.helpAsked) {
            // Looking at an image needs no trust in it.
            values.put(VERIFY, "false");
        }
        RunOptions options = request.surroundings.options(values);
        GadgetContext context = context(request.images.getFirst(), request, options);
        try (GadgetRun run = new GadgetRun(context, request.operators)) {
            prepare(run);
            FlagSet all = request.known;
            context.params().forEach(param -> all.add(Flag.of(param)));
            FlagSet.Parsed parsed = all.parse(request.words, FlagSet.Unknown.REFUSED);
            Optional<List<String>> others = otherImages(request, parsed);
            if (others.isPresent()) {
                run.close();
                return SeveralGadgets.run(this, console, request.with(others.get()), parsed);
            }
            if (request.helpAsked) {
                console.print(HelpText.command(
                        this, HelpText.described(all.flags(), OutputHelp.params(context.dataSources()))));
                return ExitCode.SUCCESS;
            }
            parsed.warnings().forEach(options.log()::warn);
            request.surroundings.checkKeys(all.flags(), true);
            int custom = customValues(values);
            request.settings().fill(all.flags(), values);
            request.manifest.ifPresent(manifest -> values.putAll(manifest.values(all.flags(), options.log())));
            values.putAll(values(parsed));
            long seconds = Long.parseLong(parsed.value(TIMEOUT));
            GadgetAction action = parsed.isTrue(EXPLAIN)
                    ? explanation(values.getOrDefault(CliOperator.OUTPUT_MODE, ""))
                    : chosen -> new WatchedRun(console).execute(chosen, Duration.ofSeconds(seconds));
            return customValues(values) > custom ? executeAnew(request, options, action) : action.execute(run);
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
    static int customValues(Map<String, String> values) {
        int count = 0;
        for (String name : values.keySet()) {
            count += name.startsWith(CustomParams.PREFIX) ? 1 : 0;
        }
        return count;
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
        context.put(ProcessConfiguration.KEY, request.settings().file());
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

    static Map<String, String> values(FlagSet.Parsed parsed) {
        Map<String, String> values = new LinkedHashMap<>();
        parsed.given().forEach((flag, value) -> values.put(flag.param().qualifiedName(), value));
        return values;
    }
}
