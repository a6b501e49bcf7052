// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

/**
 * How much processor time a control group may have, and how often it had to wait for more.
 *
 * @param periods of enforcement so far
 * @param throttled periods in which it had to wait
 * @param throttledNanos how long it waited so far
 * @param quotaNanos what it may have of each period
 * @param pressure10 percent of the last ten seconds in which something waited for a processor; 0 when the kernel does not tell
 */
record CpuLimits(
        long periods,
        long throttled,
        long throttledNanos,
        long quotaNanos,
        long periodNanos,
        double pressure10,
        double pressure60) {}
