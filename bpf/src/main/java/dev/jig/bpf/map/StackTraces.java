// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.BpfAttribute;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads the stacks in a map of type {@link MapType#STACK_TRACE}: addresses of a stack, innermost first, one after the other. For one thread. The map stays the
 * caller's.
 */
public final class StackTraces implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final BpfMap map;
    private final MemorySegment key = arena.allocate(ValueLayout.JAVA_INT);
    private final MemorySegment value;
    private final BpfAttribute lookup;
    private final int deepest;

    /**
     * @throws BpfException when the map holds something else
     */
    public StackTraces(BpfMap map) {
        this.map = requireNonNull(map, "map");
        MapDefinition definition = map.definition();
        if (definition.type() != MapType.STACK_TRACE || definition.valueSize() % Long.BYTES != 0) {
            arena.close();
            throw new BpfException(map + " is no map of stacks: type " + definition.type() + ", values of "
                    + definition.valueSize() + " bytes");
        }
        this.deepest = definition.valueSize() / Long.BYTES;
        this.value = arena.allocate(map.elementSize(), Long.BYTES);
        this.lookup = map.lookupArguments(arena, key, value);
    }

    /**
     * Copies the stack that an id stands for.
     *
     * @return its addresses, at most as many as the map has room for; none when there is no such stack
     */
    public long[] read(int id) {
        key.set(ValueLayout.JAVA_INT, 0, id);
        if (!map.lookup(lookup)) {
            return new long[0];
        }
        int depth = 0;
        while (depth < deepest && value.getAtIndex(ValueLayout.JAVA_LONG, depth) != 0) {
            depth++;
        }
        return value.asSlice(0, (long) depth * Long.BYTES).toArray(ValueLayout.JAVA_LONG);
    }

    @Override
    public void close() {
        arena.close();
    }
}
