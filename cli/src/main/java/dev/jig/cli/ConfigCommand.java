// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.Operator;
import dev.jig.gadget.ParamType;
import dev.jig.image.OciOperator;
import dev.jig.operators.cli.CliOperator;
import dev.jig.recording.RecordOperator;
import dev.jig.runtime.LocalOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code … config default} and {@code … config view}: settings as a configuration file has them. */
final class ConfigCommand extends SimpleCommand {
    private static final String DEFAULT = "default";

    private final Environment environment;
    private final String name;
    private final Supplier<List<Flag>> settable;

    /**
     * @param settable all flags that a file may set
     */
    private ConfigCommand(
            Console console, Environment environment, String program, String name, Supplier<List<Flag>> settable) {
        super(console, program + " config " + name, List.of());
        this.environment = environment;
        this.name = name;
        this.settable = settable;
    }

    /** The commands of {@code ig}. */
    static Command local(Console console, Environment environment) {
        return both(console, environment, "ig", () -> {
            List<Flag> flags = new ArrayList<>();
            for (Operator operator : LocalOperators.with(
                    environment.locations(), new CliOperator(console.output()), new RecordOperator())) {
                operator.globalParams().forEach(param -> flags.add(Flag.of(param)));
                operator.instanceParams().forEach(param -> flags.add(Flag.of(param)));
            }
            return flags;
        });
    }

    /** The commands of {@code gadgetctl}. */
    static Command remote(Console console, Environment environment) {
        return both(console, environment, "gadgetctl", () -> {
            List<Flag> flags = new ArrayList<>(RemoteFlags.ALL);
            OciOperator.runParams().forEach(param -> flags.add(Flag.of(param)));
            return flags;
        });
    }

    private static Command both(
            Console console, Environment environment, String program, Supplier<List<Flag>> settable) {
        List<Command> commands = List.of(
                new ConfigCommand(console, environment, program, DEFAULT, settable),
                new ConfigCommand(console, environment, program, "view", settable));
        return new GroupCommand(console, "config", new CommandGroup(program + " config", "Show settings", commands));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return name.equals(DEFAULT)
                ? "Show all settings with their defaults, as a configuration file"
                : "Show what the configuration file and the environment set";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        none(usage(), parsed);
        List<Flag> flags = new ArrayList<>(GlobalFlags.all());
        flags.remove(GlobalFlags.CONFIG);
        flags.addAll(settable.get());
        Map<String, Object> tree = name.equals(DEFAULT)
                ? defaults(flags)
                : view(flags, Settings.load(environment, parsed.value(GlobalFlags.CONFIG)));
        console().print(ControlCharacters.neutralise(ConfigText.of(tree)));
        return ExitCode.SUCCESS;
    }

    /** The key of a flag in a configuration file. */
    private static String key(Flag flag) {
        String prefix = RemoteFlags.ALL.contains(flag) ? RemoteFlags.PREFIX : "";
        return prefix + flag.param().qualifiedName();
    }

    private static Map<String, Object> defaults(List<Flag> flags) {
        Configuration tree = Configuration.empty();
        List<String> lists = new ArrayList<>();
        for (Flag flag : flags) {
            tree.set(path(key(flag)), flag.param().defaultValue());
            if (flag.param().type() == ParamType.STRINGS) {
                lists.add(key(flag));
            }
        }
        return ConfigText.withLists(tree.tree(), lists);
    }

    private static Map<String, Object> view(List<Flag> flags, Settings settings) {
        Configuration tree = Configuration.of(settings.file().file().tree());
        for (Flag flag : flags) {
            settings.ofEnvironment(key(flag)).ifPresent(value -> tree.set(path(key(flag)), value));
        }
        return tree.tree();
    }

    private static List<String> path(String key) {
        return List.of(key.split("\\.", -1));
    }
}
