// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.image.ImageName;
import java.util.List;

/** {@code ig image tag SRC DST}. */
final class ImageTagCommand extends SimpleCommand {
    private final Images images;

    ImageTagCommand(Console console, Images images) {
        super(console, "ig image tag SRC_IMAGE DST_IMAGE", List.of());
        this.images = images;
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
            String digest = images.store().tag(ImageName.parse(names.get(0)), target);
            console().note("Successfully tagged with " + target + "@" + digest);
            return ExitCode.SUCCESS;
        } catch (GadgetException wrong) {
            throw new GadgetException("tagging image: " + wrong.getMessage(), wrong);
        }
    }
}
