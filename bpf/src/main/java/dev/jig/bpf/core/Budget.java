// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

/** Bounds the work that hostile types can cause; shared by all relocations of an object. A step is about one name compared. */
final class Budget {
    private static final long STEPS = 1L << 24;

    private long left = STEPS;

    void spend(int steps) {
        left -= steps;
        if (left < 0) {
            throw new CoreException("comparing types takes more than " + STEPS + " steps");
        }
    }
}
