// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.image.ImageArchive;
import dev.jig.image.ImageName;
import dev.jig.runtime.Locations;
import java.nio.file.Path;
import java.util.List;

/** {@code ig image export SRC... FILE}. */
final class ImageExportCommand extends SimpleCommand {
    private final Locations locations;

    ImageExportCommand(Console console, Locations locations) {
        super(console, "ig image export SRC_IMAGE [SRC_IMAGE...] DST_FILE", List.of());
        this.locations = locations;
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String summary() {
        return "Export images to a file";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        List<String> words = parsed.positionals();
        if (words.size() < 2) {
            throw new CliException("requires at least 2 arg(s), only received " + words.size());
        }
        String file = words.getLast();
        try {
            List<ImageName> names = words.subList(0, words.size() - 1).stream()
                    .map(ImageName::parse)
                    .toList();
            new ImageArchive(locations.images()).exportTo(Path.of(file).toAbsolutePath(), names);
            console().note("Successfully exported images to " + file);
            return ExitCode.SUCCESS;
        } catch (GadgetException wrong) {
            throw new GadgetException("exporting images: " + wrong.getMessage(), wrong);
        }
    }
}
