// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

/** A gadget cannot be read, prepared or run; the message is a sentence for the user. */
public class GadgetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GadgetException(String message) {
        super(message);
    }

    public GadgetException(String message, Throwable cause) {
        super(message, cause);
    }
}
