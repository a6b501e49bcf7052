// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import dev.jig.image.OciOperator;
import dev.jig.operators.cli.CliOperator;
import dev.jig.operators.cli.OutputHelp;
import dev.jig.recording.RecordOperator;
import dev.jig.runtime.ClientOperators;
import dev.jig.service.RemoteRuntime;
import dev.jig.service.RunRequest;
import dev.jig.wire.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code gadgetctl run GADGET}: runs a gadget on daemons, for as long as it is watched or, detached, until it is removed. */
final class RemoteRunCommand implements Command {
    private static final Flag FILE =
            Flag.plain("file", "f", ParamType.STRING, "", "Manifest of gadgets to run, - for standard input");

    private final Console console;
    private final Environment environment;

    RemoteRunCommand(Console console, Environment environment) {
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

    private static FlagSet staticFlags() {
        FlagSet flags = new FlagSet()
                .add(RunCommand.TIMEOUT)
                .add(FILE)
                .addAll(Detached.FLAGS)
                .add(GlobalFlags.HELP);
        OciOperator.runParams().forEach(param -> flags.add(Flag.of(param)));
        RecordOperator.params().forEach(param -> flags.add(Flag.of(param)));
        return flags.addAll(GlobalFlags.all()).addAll(RemoteFlags.ALL);
    }

    @Override
    public int run(List<String> words) {
        FlagSet known = staticFlags();
        boolean help = words.contains("--help") || words.contains("-h");
        List<String> withoutHelp = new ArrayList<>(words);
        withoutHelp.removeIf(word -> word.equals("--help") || word.equals("-h"));
        FlagSet.Parsed first = known.parse(withoutHelp, FlagSet.Unknown.SKIPPED);
        if (!first.value(FILE).isEmpty() && !first.positionals().isEmpty()) {
            throw new CliException("please only specify an image OR manifest");
        }
        if (first.positionals().isEmpty() && first.value(FILE).isEmpty()) {
            known.parse(words, FlagSet.Unknown.REFUSED);
            console.print(help(known, List.of()));
            return ExitCode.SUCCESS;
        }
        Settings settings = Settings.load(environment, first.value(GlobalFlags.CONFIG));
        try (RemoteRuntime remote = RemoteFlags.connect(first, settings)) {
            if (!first.value(FILE).isEmpty()) {
                return runManifest(known.parse(words, FlagSet.Unknown.REFUSED), settings, remote);
            }
            return runGadget(first.positionals().getFirst(), words, help, known, settings, remote);
        }
    }

    private int runGadget(
            String image, List<String> words, boolean help, FlagSet known, Settings settings, RemoteRuntime remote) {
        List<String> withoutHelp = new ArrayList<>(words);
        withoutHelp.removeIf(word -> word.equals("--help") || word.equals("-h"));
        FlagSet.Parsed early = known.parse(withoutHelp, FlagSet.Unknown.SKIPPED);
        Map<String, String> values = imageValues(early, settings);
        RunOptions options = options(early, settings, values);
        if (!help && !options.compat()) {
            Optional<FlagSet.Parsed> plain = plain(words);
            if (plain.isPresent() && !Detached.isAsked(plain.get())) {
                addGiven(plain.get(), values);
                return show(remote, image, values, plain.get(), options);
            }
        }
        Api.GadgetInfo info = information(remote, image, values);
        List<Param> params = new ArrayList<>(RemoteRuntime.params(info));
        GadgetContext local = RemoteRuntime.prepare(info, options, ClientOperators.with(console.output()));
        params.addAll(local.params());
        params.removeIf(param -> param.prefix().equals("operator.oci."));
        params.forEach(param -> known.add(Flag.of(param)));
        FlagSet.Parsed parsed = known.parse(words, FlagSet.Unknown.REFUSED);
        if (help) {
            console.print(help(known, OutputHelp.params(local.dataSources())));
            return ExitCode.SUCCESS;
        }
        for (Flag flag : known.flags()) {
            Param param = flag.param();
            boolean outputParam =
                    param.prefix().equals("operator.cli.") && !parsed.given().containsKey(flag);
            if (!param.prefix().isEmpty() && !outputParam) {
                values.put(param.qualifiedName(), parsed.value(flag));
            }
        }
        Map<String, String> sent = complete(forDaemon(values), local);
        if (Detached.isAsked(parsed)) {
            return new Detached(console, options.log()).create(remote, image, sent, parsed);
        }
        return show(remote, image, sent, parsed, options);
    }

    /** As upstream's clients do, a daemon is also told how things are shown here where nobody said how. */
    private static Map<String, String> complete(Map<String, String> values, GadgetContext local) {
        Map<String, String> sent = new LinkedHashMap<>(values);
        OutputHelp.params(local.dataSources())
                .forEach(param -> sent.putIfAbsent(param.qualifiedName(), param.defaultValue()));
        return sent;
    }

    /** The words, if they need nothing that only the gadget knows: then nobody has to ask the daemon about it first. */
    private static Optional<FlagSet.Parsed> plain(List<String> words) {
        FlagSet flags = staticFlags();
        CliOperator.params().forEach(param -> flags.add(Flag.of(param)));
        try {
            return Optional.of(flags.parse(words, FlagSet.Unknown.REFUSED));
        } catch (CliException unknown) {
            return Optional.empty();
        }
    }

    private static void addGiven(FlagSet.Parsed parsed, Map<String, String> values) {
        parsed.given().forEach((flag, value) -> {
            if (!flag.param().prefix().isEmpty()) {
                values.put(flag.param().qualifiedName(), value);
            }
        });
    }

    private int show(
            RemoteRuntime remote, String image, Map<String, String> values, FlagSet.Parsed parsed, RunOptions options) {
        Duration atMost = Duration.ofSeconds(Long.parseLong(parsed.value(RunCommand.TIMEOUT)));
        RunRequest request = new RunRequest.Run(image, forDaemon(values), atMost, parsed.isTrue(GlobalFlags.VERBOSE));
        return new RemoteSession(console).show(remote, request, options, Duration.ZERO);
    }

    /** Where this side records to is nobody else's business. */
    private static Map<String, String> forDaemon(Map<String, String> values) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        RecordOperator.params().forEach(param -> rest.remove(param.qualifiedName()));
        return rest;
    }

    private int runManifest(FlagSet.Parsed parsed, Settings settings, RemoteRuntime remote) {
        Map<String, String> values = imageValues(parsed, settings);
        RunOptions options = options(parsed, settings, values);
        List<Manifest> manifests = Manifest.read(parsed.value(FILE));
        if (Detached.isAsked(parsed)) {
            return new Detached(console, options.log()).apply(remote, manifests, values, parsed);
        }
        if (manifests.size() != 1) {
            throw new CliException("multiple gadget instance specs found in manifest " + parsed.value(FILE)
                    + ": this is only supported in combination with --detach");
        }
        values.putAll(manifests.getFirst().params());
        return show(remote, manifests.getFirst().image(), values, parsed, options);
    }

    private RunOptions options(FlagSet.Parsed parsed, Settings settings, Map<String, String> values) {
        Log log = new StderrLog(
                console.errorStream(), TerminalCheck::isErrorTerminal, parsed.isTrue(GlobalFlags.VERBOSE));
        boolean compat =
                parsed.given().containsKey(GlobalFlags.COMPAT) ? parsed.isTrue(GlobalFlags.COMPAT) : settings.compat();
        return new RunOptions(ParamValues.view(values), log, compat);
    }

    /** The values by which a daemon finds and reads the image. */
    private static Map<String, String> imageValues(FlagSet.Parsed parsed, Settings settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Param param : OciOperator.runParams()) {
            Flag flag = Flag.of(param);
            String value = parsed.given().containsKey(flag)
                    ? parsed.value(flag)
                    : settings.value(param.qualifiedName()).orElse(param.defaultValue());
            values.put(param.qualifiedName(), value);
        }
        return values;
    }

    private static Api.GadgetInfo information(RemoteRuntime remote, String image, Map<String, String> values) {
        try {
            return remote.information(image, values, false);
        } catch (GadgetException wrong) {
            throw new GadgetException("fetching gadget information: " + wrong.getMessage(), wrong);
        }
    }

    private static String help(FlagSet flags, List<Param> described) {
        List<Flag> local = new ArrayList<>(flags.flags());
        local.removeAll(GlobalFlags.all());
        for (Param param : described) {
            local.replaceAll(flag -> flag.name().equals(param.key()) ? Flag.of(param) : flag);
        }
        return "Run a gadget\n\nUsage:\n  gadgetctl run GADGET [flags]\n\nFlags:\n" + HelpText.flags(local)
                + "\nGlobal Flags:\n" + HelpText.flags(GlobalFlags.all());
    }
}
