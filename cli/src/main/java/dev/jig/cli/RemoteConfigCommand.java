// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code gadgetctl config default} and {@code gadgetctl config view}: settings as a configuration file has them. */
final class RemoteConfigCommand extends SimpleCommand {
    private final Environment environment;

    RemoteConfigCommand(Console console, Environment environment) {
        super(console, "gadgetctl config {default|view}", List.of());
        this.environment = environment;
    }

    @Override
    public String name() {
        return "config";
    }

    @Override
    public String summary() {
        return "Show settings";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        String what = exactly(1, parsed).getFirst();
        boolean defaults = what.equals("default");
        if (!defaults && !what.equals("view")) {
            throw new CliException("unknown command \"" + what + "\" for \"gadgetctl config\"");
        }
        Settings settings = Settings.load(environment, parsed.value(GlobalFlags.CONFIG));
        StringBuilder out = new StringBuilder();
        List<Flag> roots = new ArrayList<>(GlobalFlags.all());
        roots.remove(GlobalFlags.CONFIG);
        append(out, "", "", roots, settings, defaults);
        StringBuilder runtime = new StringBuilder();
        append(runtime, "    ", "runtime.", RemoteFlags.ALL, settings, defaults);
        if (!runtime.isEmpty()) {
            out.append("runtime:\n").append(runtime);
        }
        console().print(out.isEmpty() ? "{}\n" : ControlCharacters.neutralise(out.toString()));
        return ExitCode.SUCCESS;
    }

    private static void append(
            StringBuilder out, String indent, String prefix, List<Flag> flags, Settings settings, boolean defaults) {
        List<Flag> sorted = new ArrayList<>(flags);
        sorted.sort(Comparator.comparing(Flag::name));
        for (Flag flag : sorted) {
            String value = flag.param().defaultValue();
            boolean shown = defaults;
            if (!defaults) {
                var set = settings.value(prefix + flag.name());
                shown = set.isPresent();
                value = set.orElse("");
            }
            if (shown) {
                out.append(indent)
                        .append(flag.name())
                        .append(": ")
                        .append(JsonText.of(value, false))
                        .append('\n');
            }
        }
    }
}
