// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.image.ImageName;
import java.util.List;

/** {@code ig image remove IMAGE}. */
final class ImageRemoveCommand extends SimpleCommand {
    private final Images images;

    ImageRemoveCommand(Console console, Images images) {
        super(console, "ig image remove IMAGE", List.of());
        this.images = images;
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
            images.store().remove(ImageName.parse(name));
            console().note("Successfully removed " + name);
            return ExitCode.SUCCESS;
        } catch (GadgetException wrong) {
            throw new GadgetException("removing gadget image: " + wrong.getMessage(), wrong);
        }
    }
}
