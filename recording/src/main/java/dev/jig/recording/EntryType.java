// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

/**
 * What stands in a block of events, one entry after the other. Each begins with a number of variable length (seven bits in a byte, the lowest first, the
 * highest bit set in all but the last, as in protocol buffers): the type in its lowest three bits and above them, where the entry belongs to one, the number of the
 * data source. Lengths and counts are such numbers, too.
 *
 * <pre>
 *   START     first in each block: boot time u64, distance of the wall clock to it s64, both in nanoseconds, lowest byte first
 *   TIME      nanoseconds since the last START or TIME: what follows was read then
 *   CLOCK     distance of the wall clock, s64: it was measured again
 *   TEXT      length, bytes: the next text of this block; texts are counted from 0
 *   RECORD    a record
 *   ELEMENT   a record of an array
 *   ARRAY     the array of all elements since the last one
 *   LOST      count: so many records were lost in between
 *
 *   a record  length and bytes of each payload, then of each derived text: the number of a text of this block, or length and bytes
 * </pre>
 */
final class EntryType {
    static final int START = 0;
    static final int TIME = 1;
    static final int CLOCK = 2;
    static final int TEXT = 3;
    static final int RECORD = 4;
    static final int ELEMENT = 5;
    static final int ARRAY = 6;
    static final int LOST = 7;
    /** Bits of an entry's first number that hold its type. */
    static final int BITS = 3;

    static final int MASK = (1 << BITS) - 1;

    private EntryType() {}
}
