// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.features.KernelFeatures;
import dev.jig.bpf.load.KernelTypes;
import java.util.List;

/** Through which kind of buffer records of tracers come whose gadget leaves it to the kernel ({@code GADGET_TRACER_MAP}). */
public enum Buffers {
    /** Ring buffers where the kernel has them, else perf buffers. */
    AUTOMATIC,
    /** Perf buffers, as on kernels before 5.8. */
    PERF;

    /** What holds on this kernel. */
    boolean usePerf() {
        return switch (this) {
            case AUTOMATIC -> !new KernelFeatures().ringBuffer().available();
            case PERF -> true;
        };
    }

    /** The types that programs relocate against: their choice of buffer depends on whether the kernel has helpers for rings. */
    KernelTypes typesOf(KernelTypes kernel) {
        return switch (this) {
            case AUTOMATIC -> kernel;
            case PERF -> kernel.relocatingAgainst(withoutHelpers(kernel));
        };
    }

    private static CoreTargets withoutHelpers(KernelTypes kernel) {
        return (name, kind) ->
                name.equals("bpf_func_id") ? List.of() : kernel.coreTargets().candidates(name, kind);
    }
}
