// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.bpf.sys.Architecture;
import dev.jig.datasource.Utf8Buffer;
import java.util.Locale;

/** Names of system calls by their numbers, which differ between architectures. */
final class SystemCallNames {
    private final NumberedNames names;

    SystemCallNames(Architecture architecture) {
        this.names = new NumberedNames("syscalls-" + architecture.ociName() + ".txt");
    }

    /** Writes for instance {@code SYS_OPENAT}, or {@code SYS_UNKNOWN}. */
    void write(long number, Utf8Buffer out) {
        out.append("SYS_");
        out.append(names.name(number).orElse("unknown").toUpperCase(Locale.ROOT));
    }
}
