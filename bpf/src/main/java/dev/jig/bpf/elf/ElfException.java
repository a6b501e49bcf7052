// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.elf;

import dev.jig.bpf.BpfException;

/** An ELF file is malformed or not of the kind expected. */
public final class ElfException extends BpfException {
    private static final long serialVersionUID = 1L;

    public ElfException(String message) {
        super(message);
    }

    public ElfException(String message, Throwable cause) {
        super(message, cause);
    }
}
