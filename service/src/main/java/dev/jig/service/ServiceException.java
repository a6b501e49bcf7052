// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetException;

/** A request cannot be answered, or a daemon cannot be reached; the message is a sentence for the user. */
public final class ServiceException extends GadgetException {
    private static final long serialVersionUID = 1L;

    public ServiceException(String message) {
        super(message);
    }

    public ServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
