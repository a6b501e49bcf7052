// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.BpfException;

/** A CO-RE relocation is malformed, ambiguous, or does not fit the instruction it is for. */
public final class CoreException extends BpfException {
    private static final long serialVersionUID = 1L;

    public CoreException(String message) {
        super(message);
    }
}
