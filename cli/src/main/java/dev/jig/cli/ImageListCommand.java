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

    private final Locations locations;

    ImageListCommand(Console console, Locations locations) {
        super(console, "ig image list", List.of(NO_TRUNCATE, OUTPUT));
        this.locations = locations;
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
        if (!parsed.positionals().isEmpty()) {
            throw new CliException("unknown command \"" + parsed.positionals().getFirst() + "\" for \"ig image list\"");
        }
        List<ImageStore.Listed> listed = locations.images().list();
        String mode = parsed.value(OUTPUT);
        boolean terminal = Terminal.isTerminal(STDOUT) && !parsed.isTrue(NO_TRUNCATE);
        console()
                .print(
                        switch (mode) {
                            case "columns" ->
                                terminal
                                        ? ImageTable.forTerminal(listed, Terminal.width(STDOUT), Instant.now())
                                        : ImageTable.plain(listed);
                            case "json" -> ImageTable.json(listed, false);
                            case "jsonpretty" -> ImageTable.json(listed, true);
                            default ->
                                throw new CliException("invalid output mode \"" + mode
                                        + "\", valid values are: columns, json, jsonpretty");
                        });
        return ExitCode.SUCCESS;
    }
}
