// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

/** Tells the wall clock's time of events, which carry the time since their machine was started. */
@FunctionalInterface
public interface EventClock {
    /** The wall clock's time of a moment of boot time; 0 stands for now. Both in nanoseconds. */
    long wallTime(long bootTime);
}
