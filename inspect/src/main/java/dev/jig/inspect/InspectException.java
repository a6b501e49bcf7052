// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import dev.jig.bpf.BpfException;

/** Something cannot be inspected; the message names the offending part. */
public final class InspectException extends BpfException {
    private static final long serialVersionUID = 1L;

    public InspectException(String message) {
        super(message);
    }
}
