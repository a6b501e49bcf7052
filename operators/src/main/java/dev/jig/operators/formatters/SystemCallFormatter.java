// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.bpf.sys.Architecture;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import java.util.Optional;
import java.util.Set;

/** Names system calls; the table is read only if there is such a field. */
final class SystemCallFormatter implements Formatter {
    private static final Set<Kind> KINDS = Set.of(Kind.UINT64, Kind.INT64);

    private final Architecture architecture;

    SystemCallFormatter(Architecture architecture) {
        this.architecture = architecture;
    }

    @Override
    public String tag() {
        return "type:gadget_syscall";
    }

    @Override
    public boolean apply(Field field) {
        SystemCallNames names = new SystemCallNames(architecture);
        return new NumberFormatter("syscall", KINDS, Optional.empty(), true, names::write).apply(field);
    }
}
