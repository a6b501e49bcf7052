// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.program;

import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;

/** The kernel refused to load a program; {@link #log()} is what its verifier said. */
public class VerifierException extends SystemCallException {
    private static final long serialVersionUID = 1L;

    private final String program;
    private final String log;

    public VerifierException(String program, Errno errno, String detail, String log) {
        super("load program \"" + program + "\"", errno, detail);
        this.program = program;
        this.log = log;
    }

    /** The program's name. */
    public String program() {
        return program;
    }

    /** The verifier's whole log; empty when it was not reached. */
    public String log() {
        return log;
    }
}
