// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

/** Takes the entries of blocks ({@link EntryType}), in order. */
interface EntryHandler {
    void start(long bootTime, long distance);

    void time(long sinceLast);

    void clock(long distance);

    /** A text; its bytes are next. */
    void text(EntryReader entries, int length);

    /** A record of a data source; its parts are next, and are to be read. */
    void record(int source, EntryReader entries);

    /** A record of an array; its parts are next, and are to be read. */
    void element(int source, EntryReader entries);

    /** The array is whole. */
    void array(int source);

    void lost(int source, long records);

    /**
     * Reads the entries of a block.
     *
     * @param sources how many data sources there are
     * @throws RecordingException when they are malformed
     */
    static void read(Block block, int sources, EntryReader entries, EntryHandler handler) {
        entries.open(block.content());
        boolean first = true;
        while (entries.hasNext()) {
            long head = entries.varint();
            int type = (int) head & EntryType.MASK;
            long source = head >>> EntryType.BITS;
            if (first != (type == EntryType.START) || source >= sources && (type >= EntryType.RECORD || source > 0)) {
                throw new RecordingException("an entry of type " + type + " for data source "
                        + Long.toUnsignedString(source) + " cannot stand before byte " + entries.position());
            }
            first = false;
            read(type, (int) source, entries, handler);
        }
    }

    private static void read(int type, int source, EntryReader entries, EntryHandler handler) {
        switch (type) {
            case EntryType.START -> handler.start(entries.fixed(), entries.fixed());
            case EntryType.TIME -> handler.time(entries.varint());
            case EntryType.CLOCK -> handler.clock(entries.fixed());
            case EntryType.TEXT -> handler.text(entries, entries.length());
            case EntryType.RECORD -> handler.record(source, entries);
            case EntryType.ELEMENT -> handler.element(source, entries);
            case EntryType.ARRAY -> handler.array(source);
            default -> handler.lost(source, count(entries));
        }
    }

    private static long count(EntryReader entries) {
        long count = entries.varint();
        if (count <= 0) {
            throw new RecordingException(
                    "a count before byte " + entries.position() + " is " + Long.toUnsignedString(count));
        }
        return count;
    }
}
