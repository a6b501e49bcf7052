// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A request about traffic control ({@code rtnetlink(7)}, {@code struct tcmsg}).
 *
 * <pre>
 *   0 length  4 type  6 flags  8 sequence  12 port   16 family  20 interface  24 handle  28 parent  32 information   36 attributes: length 2, type 2, content
 * </pre>
 */
final class RouteMessage {
    private static final int MOST_BYTES = 512;
    private static final int ATTRIBUTES = 36;

    private final MemorySegment memory;
    private long end = ATTRIBUTES;
    private long nest = -1;

    RouteMessage(Arena arena, int type, int flags) {
        memory = arena.allocate(MOST_BYTES, Integer.BYTES);
        memory.set(ValueLayout.JAVA_SHORT, 4, (short) type);
        memory.set(ValueLayout.JAVA_SHORT, 6, (short) flags);
    }

    RouteMessage about(int networkInterface, int handle, int parent, int information) {
        memory.set(ValueLayout.JAVA_INT, 20, networkInterface);
        memory.set(ValueLayout.JAVA_INT, 24, handle);
        memory.set(ValueLayout.JAVA_INT, 28, parent);
        memory.set(ValueLayout.JAVA_INT, 32, information);
        return this;
    }

    RouteMessage text(int type, String value) {
        memory.setString(end + Integer.BYTES, value);
        return attribute(type, value.length() + 1);
    }

    RouteMessage number(int type, int value) {
        memory.set(ValueLayout.JAVA_INT, end + Integer.BYTES, value);
        return attribute(type, Integer.BYTES);
    }

    /** Begins an attribute that is made of those which follow. */
    RouteMessage nested(int type) {
        memory.set(ValueLayout.JAVA_SHORT, end + 2, (short) type);
        nest = end;
        end += Integer.BYTES;
        return this;
    }

    private RouteMessage attribute(int type, int length) {
        memory.set(ValueLayout.JAVA_SHORT, end, (short) (Integer.BYTES + length));
        memory.set(ValueLayout.JAVA_SHORT, end + 2, (short) type);
        end += Integer.BYTES + (length + 3L & ~3L);
        return this;
    }

    /** The whole message. */
    MemorySegment finish() {
        if (nest >= 0) {
            memory.set(ValueLayout.JAVA_SHORT, nest, (short) (end - nest));
        }
        memory.set(ValueLayout.JAVA_INT, 0, (int) end);
        return memory.asSlice(0, end);
    }
}
