// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.ParamType;
import dev.jig.image.ImageArchive;
import dev.jig.runtime.Locations;
import java.nio.file.Path;
import java.util.List;

/** {@code ig image import FILE}. */
final class ImageImportCommand extends SimpleCommand {
    private static final Flag OUTPUT =
            Flag.plain("output", "o", ParamType.STRING, "", "Output mode: json or jsonpretty");

    private final Locations locations;

    ImageImportCommand(Console console, Locations locations) {
        super(console, "ig image import SRC_FILE", List.of(OUTPUT));
        this.locations = locations;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String summary() {
        return "Import images from a file";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        String mode = parsed.value(OUTPUT);
        if (!List.of("", "json", "jsonpretty").contains(mode)) {
            throw new CliException("invalid output mode \"" + mode + "\", valid values are: json, jsonpretty");
        }
        try {
            Path file = Path.of(exactly(1, parsed).getFirst());
            List<String> names = new ImageArchive(locations.images()).importFrom(file);
            console().print(mode.isEmpty() ? plain(names) : JsonText.of(names, mode.equals("jsonpretty")) + "\n");
            return ExitCode.SUCCESS;
        } catch (GadgetException wrong) {
            throw new GadgetException("importing images: " + wrong.getMessage(), wrong);
        }
    }

    private static String plain(List<String> names) {
        StringBuilder out = new StringBuilder("Successfully imported images:\n");
        names.forEach(name -> out.append("  ").append(name).append('\n'));
        return out.toString();
    }
}
