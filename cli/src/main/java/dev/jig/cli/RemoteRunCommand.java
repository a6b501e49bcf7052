// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import dev.jig.gadget.Param;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code gadgetctl run GADGET}: runs a gadget on daemons, for as long as it is watched or, detached, until it is removed. */
final class RemoteRunCommand implements Command {
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
                .add(Manifest.FILE)
                .addAll(Detached.FLAGS)
                .add(GlobalFlags.HELP);
        OciOperator.runParams().forEach(param -> flags.add(Flag.of(param)));
        RecordOperator.params().forEach(param -> flags.add(Flag.of(param)));
        return flags.addAll(GlobalFlags.all()).addAll(RemoteFlags.ALL);
    }

    @Override
    public String usage() {
        return "gadgetctl run GADGET";
    }

    @Override
    public Collection<Flag> flags() {
        return staticFlags().flags();
    }

    @Override
    public int run(List<String> words) {
        FlagSet known = staticFlags();
        boolean help = words.contains("--help") || words.contains("-h");
        List<String> withoutHelp = new ArrayList<>(words);
        withoutHelp.removeIf(word -> word.equals("--help") || word.equals("-h"));
        FlagSet.Parsed first = known.parse(withoutHelp, FlagSet.Unknown.SKIPPED);
        if (!first.value(Manifest.FILE).isEmpty() && !first.positionals().isEmpty()) {
            throw new CliException("please only specify an image OR manifest");
        }
        if (first.positionals().isEmpty() && first.value(Manifest.FILE).isEmpty()) {
            known.parse(words, FlagSet.Unknown.REFUSED);
            console.print(HelpText.command(this, known.flags()));
            return ExitCode.SUCCESS;
        }
        Surroundings surroundings = Surroundings.of(console, environment, first);
        surroundings.checkKeys(known.flags(), false);
        try (RemoteRuntime remote = RemoteFlags.connect(first, surroundings.settings())) {
            if (!first.value(Manifest.FILE).isEmpty()) {
                return runManifest(known.parse(words, FlagSet.Unknown.REFUSED), surroundings, remote);
            }
            return runGadget(first.positionals().getFirst(), words, help, known, surroundings, remote);
        }
    }

    private int runGadget(
            String image,
            List<String> words,
            boolean help,
            FlagSet known,
            Surroundings surroundings,
            RemoteRuntime remote) {
        Settings settings = surroundings.settings();
        List<String> withoutHelp = new ArrayList<>(words);
        withoutHelp.removeIf(word -> word.equals("--help") || word.equals("-h"));
        FlagSet.Parsed early = known.parse(withoutHelp, FlagSet.Unknown.SKIPPED);
        Map<String, String> values = imageValues(early, settings);
        RunOptions options = surroundings.options(values);
        if (!help && !options.compat() && !settings.haveParams()) {
            Optional<FlagSet.Parsed> plain = plain(words);
            if (plain.isPresent() && !Detached.isAsked(plain.get())) {
                plain.get().warnings().forEach(options.log()::warn);
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
            console.print(
                    HelpText.command(this, HelpText.described(known.flags(), OutputHelp.params(local.dataSources()))));
            return ExitCode.SUCCESS;
        }
        parsed.warnings().forEach(options.log()::warn);
        Map<String, String> configured = new LinkedHashMap<>();
        settings.fill(known.flags(), configured);
        for (Flag flag : known.flags()) {
            Param param = flag.param();
            boolean given = parsed.given().containsKey(flag);
            String name = param.qualifiedName();
            if (!given && configured.containsKey(name)) {
                values.put(name, configured.getOrDefault(name, ""));
            } else if (!param.prefix().isEmpty() && (given || !param.prefix().equals("operator.cli."))) {
                values.put(name, parsed.value(flag));
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
        RunRequest request = new RunRequest.Run(
                image, forDaemon(values), atMost, options.log().isEnabled(Log.Level.DEBUG));
        return new RemoteSession(console).show(remote, request, options, Duration.ZERO);
    }

    /** Where this side records to is nobody else's business. */
    private static Map<String, String> forDaemon(Map<String, String> values) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        RecordOperator.params().forEach(param -> rest.remove(param.qualifiedName()));
        return rest;
    }

    private int runManifest(FlagSet.Parsed parsed, Surroundings surroundings, RemoteRuntime remote) {
        Map<String, String> values = imageValues(parsed, surroundings.settings());
        RunOptions options = surroundings.options(values);
        String file = parsed.value(Manifest.FILE);
        if (Detached.isAsked(parsed)) {
            return new Detached(console, options.log()).apply(remote, Manifest.read(file), values, parsed);
        }
        Manifest manifest = Manifest.readOne(file, ": this is only supported in combination with --detach");
        values.putAll(manifest.params());
        return show(remote, manifest.image(), values, parsed, options);
    }

    /** The values by which a daemon finds and reads the image. */
    private static Map<String, String> imageValues(FlagSet.Parsed parsed, Settings settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Param param : OciOperator.runParams()) {
            Flag flag = Flag.of(param);
            String value = parsed.given().containsKey(flag)
                    ? parsed.value(flag)
                    : settings.accepted(param.qualifiedName(), flag).orElse(param.defaultValue());
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
}
