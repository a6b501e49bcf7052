// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

/** Hands out the records of several processors in the order of their times. */
final class PerfMerge {
    /** Records after which the consumed space is given back. */
    private static final int PUBLISH_EVERY = 256;

    private final PerfRing[] rings;

    /**
     * @param rings at least one
     */
    PerfMerge(PerfRing... rings) {
        this.rings = rings;
    }

    /**
     * Hands out the records that are there now.
     *
     * @param limit how many at most
     * @param newest records after this time are kept, unless their ring is half full: better one out of order than one that is lost
     * @return how many were handed out
     */
    int drain(RecordHandler handler, int limit, long newest) {
        for (PerfRing ring : rings) {
            ring.look();
        }
        int count = 0;
        while (count < limit) {
            PerfRing first = oldest();
            if (first.time() > newest && !isCrowded(first)) {
                break;
            }
            count += handRun(first, handler, Math.min(limit - count, PUBLISH_EVERY), newest);
        }
        return count;
    }

    private PerfRing oldest() {
        PerfRing oldest = rings[0];
        for (PerfRing ring : rings) {
            if (ring.time() < oldest.time()) {
                oldest = ring;
            }
        }
        return oldest;
    }

    private static boolean isCrowded(PerfRing ring) {
        return ring.time() != PerfRing.NEVER && ring.pending() > ring.size() / 2;
    }

    /** Hands out records of one ring, at least one, until another one has an older one. */
    private int handRun(PerfRing ring, RecordHandler handler, int limit, long newest) {
        long until = newest;
        for (PerfRing other : rings) {
            if (other != ring) {
                until = Math.min(until, other.time());
            }
        }
        int count = 0;
        try {
            do {
                count++;
                ring.hand(handler);
            } while (count < limit && ring.time() <= until);
        } finally {
            ring.publish();
        }
        return count;
    }
}
