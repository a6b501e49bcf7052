// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import java.util.function.IntPredicate;

/**
 * Replaces calls of helpers that an old kernel lacks. The boot clock (Linux 5.8) becomes 0, which readers of timestamps take for "now"; reading kernel or
 * user memory (both 5.5) becomes the older helper that reads either.
 */
final class HelperReplacement {
    static final int PROBE_READ = 4;
    static final int PROBE_READ_STR = 45;
    static final int PROBE_READ_USER = 112;
    static final int PROBE_READ_KERNEL = 113;
    static final int PROBE_READ_USER_STR = 114;
    static final int PROBE_READ_KERNEL_STR = 115;
    static final int KTIME_GET_BOOT_NS = 125;

    private HelperReplacement() {}

    /**
     * Changes calls in place.
     *
     * @param missing says of a helper whether the kernel lacks it; asked only for those that can be replaced
     * @return whether anything changed
     */
    static boolean apply(Bytecode code, IntPredicate missing) {
        boolean changed = false;
        for (int slot = 0; slot < code.slots(); slot++) {
            if (code.isWide(slot)) {
                slot++;
            } else if (code.isHelperCall(slot) && isReplaceable(code.immediate(slot))) {
                changed |= replace(code, slot, missing);
            }
        }
        return changed;
    }

    private static boolean isReplaceable(int helper) {
        return helper == KTIME_GET_BOOT_NS || substitute(helper) != helper;
    }

    private static boolean replace(Bytecode code, int slot, IntPredicate missing) {
        int helper = code.immediate(slot);
        if (!missing.test(helper)) {
            return false;
        }
        if (helper == KTIME_GET_BOOT_NS) {
            code.set(slot, Opcode.CLASS_ALU64 | Opcode.MOV, Register.R0, 0, 0, 0);
        } else {
            code.setImmediate(slot, substitute(helper));
        }
        return true;
    }

    private static int substitute(int helper) {
        return switch (helper) {
            case PROBE_READ_USER, PROBE_READ_KERNEL -> PROBE_READ;
            case PROBE_READ_USER_STR, PROBE_READ_KERNEL_STR -> PROBE_READ_STR;
            default -> helper;
        };
    }
}
