// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.map.BpfMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Two maps of which programs fill one while the other can be read in peace. The kernel itself waits, after it has changed a
 * map of maps, until no program works on the old map any more ({@code maybe_wait_bpf_programs}): what is read after {@link
 * #exchange()} is complete and will not change.
 */
public final class AlternatingMap {
    private final BpfMap selector;
    private BpfMap filled;
    private BpfMap idle;

    AlternatingMap(BpfMap selector, BpfMap first, BpfMap second) {
        this.selector = selector;
        this.filled = first;
        this.idle = second;
    }

    /**
     * Has programs fill the other map, which must be empty, and waits until none uses the old one: some milliseconds.
     *
     * @return the map that was filled so far, for the caller to read and empty; it stays the loaded object's
     */
    public BpfMap exchange() {
        selector.update(bytes(0), bytes(idle.descriptor().number()), BpfMap.ANY);
        BpfMap full = filled;
        filled = idle;
        idle = full;
        return full;
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }
}
