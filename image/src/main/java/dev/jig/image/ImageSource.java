// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.util.Optional;

/** Where images to run come from: the user's store, and the gadgets that travel with the program. */
public final class ImageSource implements ImageProvider {
    private final ImageStore store;
    private final ImageStore builtIn;
    private final TrustedDigests trusted;

    /**
     * @param store the user's
     * @param builtIn what travels with the program; every image in it is trusted
     * @param trusted digests of the user's store that were made here
     */
    public ImageSource(ImageStore store, ImageStore builtIn, TrustedDigests trusted) {
        this.store = store;
        this.builtIn = builtIn;
        this.trusted = trusted;
    }

    @Override
    public GadgetImage open(ImageName name, boolean verify) {
        Optional<GadgetImage> own = store.open(name);
        if (own.isPresent()) {
            if (verify && !trusted.contains(own.get().digest())) {
                throw new ImageException(
                        "verifying image: \"" + name + "\" was not built here, and signatures cannot be"
                                + " checked yet: run it all the same with --verify-image=false, or rebuild it");
            }
            return own.get();
        }
        return builtIn.open(name)
                .orElseThrow(() -> new ImageException("ensuring image: resolving image \"" + name
                        + "\" on local registry: not found (looked for in "
                        + store.layout().root()
                        + " and among the built-in gadgets; fetching from registries is not supported yet)"));
    }
}
