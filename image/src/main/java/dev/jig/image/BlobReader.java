// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

/** Where the content of an image comes from. */
@FunctionalInterface
public interface BlobReader {
    /**
     * Reads content and compares it with its digest, unless its place is trusted.
     *
     * @throws ImageException when it is missing, damaged or too large
     */
    byte[] read(Descriptor descriptor);
}
