// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import java.util.Set;

/**
 * What a kernel lacks in BTF.
 *
 * @param missing kinds that it does not know
 * @param globalFunctions whether functions may be global, not only static (Linux 5.6)
 * @param questionMarks whether names of data sections may hold {@code ?} (Linux 6.9)
 */
public record BtfSupport(Set<BtfKind> missing, boolean globalFunctions, boolean questionMarks) {
    public BtfSupport {
        missing = Set.copyOf(missing);
    }

    /** A kernel that knows everything. */
    public static BtfSupport full() {
        return new BtfSupport(Set.of(), true, true);
    }
}
