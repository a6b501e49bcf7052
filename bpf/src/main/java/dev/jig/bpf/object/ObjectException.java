// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.BpfException;

/** An eBPF object declares something that cannot be understood or linked. */
public final class ObjectException extends BpfException {
    private static final long serialVersionUID = 1L;

    public ObjectException(String message) {
        super(message);
    }
}
