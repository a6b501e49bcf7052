// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import dev.jig.bpf.BpfException;

/** A system call failed; {@link #errno()} says how. */
public class SystemCallException extends BpfException {
    private static final long serialVersionUID = 1L;

    private final transient Errno errno;
    private final String action;
    private final String detail;

    /**
     * @param action what was tried: the call and its object
     * @param errno what the kernel answered
     */
    public SystemCallException(String action, Errno errno) {
        this(action, errno, "");
    }

    /**
     * @param detail a further sentence of cause or remedy, or an empty text
     */
    public SystemCallException(String action, Errno errno, String detail) {
        super(action + ": " + errno.symbol() + (detail.isEmpty() ? "" : ": " + detail));
        this.action = action;
        this.errno = errno;
        this.detail = detail;
    }

    /** What the kernel answered. */
    public Errno errno() {
        return errno;
    }

    /** What was tried. */
    public String action() {
        return action;
    }

    /** The further sentence of cause or remedy; empty when there is none. */
    public String detail() {
        return detail;
    }
}
