// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.ParamType;
import dev.jig.gadget.RunOptions;
import dev.jig.image.OciOperator;
import dev.jig.recording.RecordOperator;
import dev.jig.runtime.ClientOperators;
import dev.jig.service.RemoteInstances;
import dev.jig.service.RemoteRuntime;
import dev.jig.service.RunRequest;
import dev.jig.wire.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code gadgetctl attach NAME_OR_ID}: shows the last and the coming events of an instance. */
final class AttachCommand implements Command {
    private static final Flag TIMEOUT =
            Flag.plain("timeout", "t", ParamType.INT, "0", "Number of seconds to watch for, 0 to watch until Ctrl-C");

    private final Console console;
    private final Environment environment;

    AttachCommand(Console console, Environment environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "attach";
    }

    @Override
    public List<String> aliases() {
        return List.of("a");
    }

    @Override
    public String summary() {
        return "Attach to a gadget instance";
    }

    @Override
    public String usage() {
        return "gadgetctl attach NAME_OR_ID";
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
        Surroundings surroundings = Surroundings.of(console, environment, first);
        try (RemoteRuntime remote = RemoteFlags.connect(first, surroundings.settings())) {
            return attach(first.positionals().getFirst(), words, help, known, surroundings, remote);
        }
    }

    private static FlagSet staticFlags() {
        FlagSet flags = new FlagSet()
                .add(TIMEOUT)
                .add(GlobalFlags.HELP)
                .addAll(GlobalFlags.all())
                .addAll(RemoteFlags.ALL);
        RecordOperator.params().forEach(param -> flags.add(Flag.of(param)));
        return flags;
    }

    private int attach(
            String word,
            List<String> words,
            boolean help,
            FlagSet known,
            Surroundings surroundings,
            RemoteRuntime remote) {
        Api.GadgetInstance instance = resolve(word, remote);
        Map<String, String> values = new LinkedHashMap<>();
        RunOptions options = surroundings.options(values);
        Api.GadgetInfo info = remote.instanceInformation(instance.getId(), imageDefaults());
        GadgetContext local = RemoteRuntime.prepare(info, options, ClientOperators.with(console.output()));
        local.params().stream()
                .filter(param -> !param.tags().contains("!attach"))
                .forEach(param -> known.add(Flag.of(param)));
        FlagSet.Parsed parsed = known.parse(words, FlagSet.Unknown.REFUSED);
        if (help) {
            console.print(HelpText.command(this, known.flags()));
            return ExitCode.SUCCESS;
        }
        parsed.warnings().forEach(options.log()::warn);
        surroundings.checkKeys(known.flags(), false);
        surroundings.settings().fill(known.flags(), values);
        parsed.given().forEach((flag, value) -> values.put(flag.param().qualifiedName(), value));
        Duration atMost = Duration.ofSeconds(Long.parseLong(parsed.value(TIMEOUT)));
        RunRequest request = new RunRequest.Attach(
                instance.getId(), instance.getGadgetConfig().getImageName());
        return new RemoteSession(console).show(remote, request, options, atMost);
    }

    private static Map<String, String> imageDefaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        OciOperator.runParams().forEach(param -> defaults.put(param.qualifiedName(), param.defaultValue()));
        return defaults;
    }

    private static Api.GadgetInstance resolve(String word, RemoteRuntime remote) {
        RemoteInstances.Answers answers = remote.instances().list();
        if (answers.instances().isEmpty() && !answers.problems().isEmpty()) {
            throw new CliException(String.join("\n", answers.problems()));
        }
        ResolvedInstances instances = new ResolvedInstances(answers.instances());
        String id = instances.require(word, "gadget instance not found", "gadget instance id or name are ambiguous");
        return instances.onNodes(id).getFirst().instance();
    }
}
