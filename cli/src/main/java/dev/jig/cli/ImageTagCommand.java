// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.image.ImageName;
import dev.jig.runtime.Locations;
import java.util.List;

/** {@code ig image tag SRC DST}. */
final class ImageTagCommand extends SimpleCommand {
    private final Locations locations;

    ImageTagCommand(Console console, Locations locations) {
        super(console, "ig image tag SRC_IMAGE DST_IMAGE", List.of());
        this.locations = locations;
    }

    @Override
    public String name() {
        return "tag";
    }

    @Override
    public String summary() {
        return "Give a local image a further name";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        List<String> names = exactly(2, parsed);
        try {
            ImageName target = ImageName.parse(names.get(1));
            String digest = locations.images().tag(ImageName.parse(names.get(0)), target);
            console().note("Successfully tagged with " + target + "@" + digest);
            return ExitCode.SUCCESS;
        } catch (GadgetException wrong) {
            throw new GadgetException("tagging image: " + wrong.getMessage(), wrong);
        }
    }
}
