// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.GadgetException;

/** An image cannot be found, read, built or stored; the message is a sentence for the user. */
public class ImageException extends GadgetException {
    private static final long serialVersionUID = 1L;

    public ImageException(String message) {
        super(message);
    }

    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
