// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.image.ImageName;
import dev.jig.runtime.Locations;
import java.util.List;

/** {@code ig image remove IMAGE}. */
final class ImageRemoveCommand extends SimpleCommand {
    private final Locations locations;

    ImageRemoveCommand(Console console, Locations locations) {
        super(console, "ig image remove IMAGE", List.of());
        this.locations = locations;
    }

    @Override
    public String name() {
        return "remove";
    }

    @Override
    public List<String> aliases() {
        return List.of("rm");
    }

    @Override
    public String summary() {
        return "Remove a local image";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        String name = exactly(1, parsed).getFirst();
        try {
            locations.images().remove(ImageName.parse(name));
            console().note("Successfully removed " + name);
            return ExitCode.SUCCESS;
        } catch (GadgetException wrong) {
            throw new GadgetException("removing gadget image: " + wrong.getMessage(), wrong);
        }
    }
}
