// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

/** Where images to run or to look at come from. */
@FunctionalInterface
public interface ImageProvider {
    /**
     * Opens an image.
     *
     * @param verify whether an image must be trusted
     * @throws ImageException when there is none of that name, or nobody vouches for it
     */
    GadgetImage open(ImageName name, boolean verify);

    /**
     * Opens the image that a name stood for at some time.
     *
     * @param digest of that image
     * @throws ImageException when it is gone, or nobody vouches for it
     */
    default GadgetImage openPinned(ImageName name, String digest, boolean verify) {
        GadgetImage image = open(name, verify);
        if (!image.digest().equals(digest)) {
            throw new ImageException(
                    "ensuring image: \"" + name + "\" has the digest " + image.digest() + ", not " + digest);
        }
        return image;
    }
}
