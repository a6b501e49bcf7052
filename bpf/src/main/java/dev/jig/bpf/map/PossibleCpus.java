// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import dev.jig.bpf.sys.ProcessorList;

/** How many processors this kernel may ever have: the number of values in an element of a per-CPU map. */
public final class PossibleCpus {
    private PossibleCpus() {}

    /**
     * {@code num_possible_cpus()} of the kernel: the highest possible number, plus one.
     *
     * @throws dev.jig.bpf.BpfException when the kernel does not say
     */
    public static int count() {
        return ProcessorList.possible().highest() + 1;
    }
}
