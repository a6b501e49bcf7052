// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

/** Something about eBPF failed: the message says what, about which object, and why. */
public class BpfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BpfException(String message) {
        super(message);
    }

    public BpfException(String message, Throwable cause) {
        super(message, cause);
    }
}
