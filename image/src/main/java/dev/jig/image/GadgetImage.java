// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A gadget image, opened for one architecture.
 *
 * @param content where it is
 * @param name as it was asked for, completed
 * @param digest of its index
 * @param manifest of the architecture
 */
public record GadgetImage(BlobReader content, ImageName name, String digest, Manifest manifest) {
    /** The gadget's metadata, a YAML text. */
    public String metadata() {
        return new String(content.read(manifest.config()), StandardCharsets.UTF_8);
    }

    /** Whether it is a part of the installed program. */
    public boolean travelsWithProgram() {
        return content instanceof OciLayout layout && layout.isTrusted();
    }

    /** The first layer of a media type. */
    public Optional<byte[]> layer(String mediaType) {
        for (Descriptor layer : manifest.layers()) {
            if (layer.mediaType().equals(mediaType)) {
                return Optional.of(layer(layer));
            }
        }
        return Optional.empty();
    }

    /** The bytes of a layer. */
    public byte[] layer(Descriptor layer) {
        return content.read(layer);
    }
}
