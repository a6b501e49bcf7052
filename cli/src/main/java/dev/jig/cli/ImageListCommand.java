// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.Terminal;
import dev.jig.gadget.ParamType;
import dev.jig.image.ImageStore;
import dev.jig.runtime.Locations;
import java.time.Instant;
import java.util.List;

/** {@code ig image list}. */
final class ImageListCommand extends SimpleCommand {
    private static final Flag NO_TRUNCATE =
            Flag.plain("no-trunc", ParamType.BOOL, "false", "Show whole digests and times");
    private static final Flag OUTPUT =
            Flag.plain("output", "o", ParamType.STRING, "columns", "Output mode: columns, json or jsonpretty");
    private static final int STDOUT = 1;

    private final Environment environment;

    ImageListCommand(Console console, Environment environment) {
        super(console, "ig image list", List.of(NO_TRUNCATE, OUTPUT));
        this.environment = environment;
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public List<String> aliases() {
        return List.of("ls");
    }

    @Override
    public String summary() {
        return "List local images";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        none(usage(), parsed);
        Locations locations = environment.locations();
        List<ImageStore.Listed> own = locations.images().list();
        ImageTable table = isCompatible(parsed) || locations.home().isEmpty()
                ? ImageTable.of(own)
                : ImageTable.of(own, locations.builtIn().list());
        String mode = parsed.value(OUTPUT);
        boolean terminal = Terminal.isTerminal(STDOUT) && !parsed.isTrue(NO_TRUNCATE);
        console()
                .print(
                        switch (mode) {
                            case "columns" ->
                                terminal ? table.forTerminal(Terminal.width(STDOUT), Instant.now()) : table.plain();
                            case "json" -> table.json(false);
                            case "jsonpretty" -> table.json(true);
                            default ->
                                throw new CliException("invalid output mode \"" + mode
                                        + "\", valid values are: columns, json, jsonpretty");
                        });
        return ExitCode.SUCCESS;
    }

    /** Upstream's list has what its store has, and no more columns. */
    private boolean isCompatible(FlagSet.Parsed parsed) {
        return Settings.load(environment, parsed.value(GlobalFlags.CONFIG)).compat(parsed);
    }
}
