// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static java.util.Objects.requireNonNull;

/**
 * What is known about the image of a run, for operators behind the one that opens it.
 *
 * @param digest of the image
 * @param metadata the gadget's, as it was written
 */
public record ImageFacts(String digest, String metadata) {
    /** Where they are left. */
    public static final ContextKey<ImageFacts> KEY = new ContextKey<>("image.facts", ImageFacts.class);

    /** Where somebody leaves the digest that the image must have. */
    public static final ContextKey<String> PINNED = new ContextKey<>("image.pinned", String.class);

    public ImageFacts {
        requireNonNull(digest, "digest is null");
        requireNonNull(metadata, "metadata is null");
    }
}
