// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.gadget.EventClock;

/** The clock of events of a replay, as the recording tells it. Used by the thread that replays. */
final class ReplayClock implements EventClock {
    private long distance;
    private long now;

    /** A block begins. */
    void set(long bootTime, long newDistance) {
        now = bootTime;
        distance = newDistance;
    }

    /** The wall clock was measured again. */
    void set(long newDistance) {
        distance = newDistance;
    }

    /** Time has passed, in nanoseconds. */
    void advance(long nanoseconds) {
        now += nanoseconds;
    }

    /** Boot time of what is replayed, in nanoseconds. */
    long bootTime() {
        return now;
    }

    @Override
    public long wallTime(long bootTime) {
        return (bootTime == 0 ? now : bootTime) + distance;
    }
}
