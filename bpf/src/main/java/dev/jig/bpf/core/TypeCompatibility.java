// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;

/** Whether a type that a program declares for something of the kernel fits what the kernel has. */
public final class TypeCompatibility {
    private TypeCompatibility() {}

    /**
     * Whether kinds agree along pointers, arrays and function prototypes; names of members and sizes do not matter. The rule that libbpf applies to typed
     * kernel symbols and kernel functions.
     */
    public static boolean areCompatible(Btf local, int localType, Btf target, int targetType) {
        return new TypeComparison(local, new Budget()).areCompatible(localType, target, targetType);
    }
}
