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
            return verified(own.get(), verify);
        }
        return builtIn.open(name)
                .orElseThrow(() -> new ImageException("ensuring image: resolving image \"" + name
                        + "\" on local registry: not found (looked for in "
                        + store.layout().root()
                        + " and among the built-in gadgets; fetching from registries is not supported yet)"));
    }

    /** Of the images that travel with the program only the newest is there: they are what the program trusts, whatever their digest. */
    @Override
    public GadgetImage openPinned(ImageName name, String digest, boolean verify) {
        Optional<GadgetImage> own = store.open(name, digest);
        if (own.isPresent()) {
            return verified(own.get(), verify);
        }
        Optional<GadgetImage> shipped = builtIn.open(name);
        if (shipped.isPresent()
                && (store.open(name).isEmpty() || shipped.get().digest().equals(digest))) {
            return shipped.get();
        }
        throw new ImageException("ensuring image: \"" + name + "\" with the digest " + digest
                + " is gone: create the instance anew to run what the name stands for now");
    }

    private GadgetImage verified(GadgetImage own, boolean verify) {
        if (verify && !trusted.contains(own.digest())) {
            throw new ImageException(
                    "verifying image: \"" + own.name() + "\" was not built here, and signatures cannot be"
                            + " checked yet: run it all the same with --verify-image=false, or rebuild it");
        }
        return own;
    }
}
