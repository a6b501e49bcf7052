// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.sys.Errno;
import dev.jig.gadget.Log;

/**
 * Counts the stacks that programs could not keep. An id is a place in the map, found by a hash of the stack; when another stack is there already,
 * {@code bpf_get_stackid} gives an error instead (kernel/bpf/stackmap.c).
 */
public final class StackLosses {
    private static final int TAKEN = -Errno.EEXIST.number();
    private static final int FULL = -Errno.ENOMEM.number();

    private final String what;
    private final String map;
    private final Log log;
    private long lost;

    /**
     * @param what the stacks, for messages, such as {@code kernel stacks of data source "x"}
     * @param map where they are kept
     */
    public StackLosses(String what, String map, Log log) {
        this.what = requireNonNull(what, "what is null");
        this.map = requireNonNull(map, "map is null");
        this.log = requireNonNull(log, "log is null");
    }

    /**
     * Whether an id stands for a stack; the first one that was lost is told at once.
     *
     * @param id as the program got it; errors that mean that there was no stack to take are no loss
     */
    public boolean isStack(int id) {
        if (id >= 0) {
            return true;
        }
        if (id == TAKEN || id == FULL) {
            if (lost == 0) {
                log.loss("the first of the " + what + " was lost, as its place in map " + map
                        + " was taken (a larger one: --map-size " + map + "=N)");
            }
            lost++;
        }
        return false;
    }

    /** Tells how many were lost, if any. */
    public void report() {
        if (lost > 0) {
            log.loss(lost + " of the " + what + " were lost, as their places in map " + map + " were taken");
        }
    }
}
