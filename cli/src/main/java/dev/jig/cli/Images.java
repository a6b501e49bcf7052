// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.image.ImageSource;
import dev.jig.image.ImageStore;
import dev.jig.image.OciLayout;
import dev.jig.image.TrustedDigests;

/** The image stores of this process. */
final class Images {
    private final Environment environment;

    Images(Environment environment) {
        this.environment = environment;
    }

    /** The user's store. */
    ImageStore store() {
        return new ImageStore(OciLayout.at(environment.store()), environment.architecture());
    }

    /** The images of the user's store that were built here. */
    TrustedDigests trusted() {
        return TrustedDigests.of(store().layout());
    }

    /** Where images to run come from. */
    ImageSource source() {
        OciLayout builtIn = OciLayout.trusted(environment.home().resolve("images"));
        return new ImageSource(store(), new ImageStore(builtIn, environment.architecture()), trusted());
    }
}
