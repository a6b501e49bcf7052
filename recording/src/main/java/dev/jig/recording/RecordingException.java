// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.gadget.GadgetException;

/** A recording cannot be written or read; the message is a sentence for the user. */
public class RecordingException extends GadgetException {
    private static final long serialVersionUID = 1L;

    public RecordingException(String message) {
        super(message);
    }

    public RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
