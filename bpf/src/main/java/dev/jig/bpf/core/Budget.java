// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

/** Bounds the work that hostile types can cause in recursive comparisons. */
final class Budget {
    private static final int STEPS = 1 << 20;

    private int left = STEPS;

    void spend() {
        if (left-- <= 0) {
            throw new CoreException("comparing types takes more than " + STEPS + " steps");
        }
    }
}
