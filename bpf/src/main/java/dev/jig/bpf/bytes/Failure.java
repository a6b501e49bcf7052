// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.bytes;

import dev.jig.bpf.BpfException;

/** Makes the exception of one format (ELF, BTF …) out of a message that names the offending part. */
public interface Failure {
    BpfException because(String message);
}
