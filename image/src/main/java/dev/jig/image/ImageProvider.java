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
}
