// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What stands before each block: a skippable frame of the Zstandard format (RFC 8878, section 3.1.2), so that other programs pass over it. Numbers
 * have their lowest byte first.
 *
 * <pre>
 *   0               4               8              12      13      14
 *   +---------------+---------------+---------------+-------+-------+-------+
 *   | 0x184D2A5E    | 32            | "JIGR"        | vers. | kind  | 0     |
 *   +---------------+---------------+---------------+-------+-------+-------+
 *  16               20              24              28              32              36              40
 *   +---------------+---------------+---------------+---------------+---------------+---------------+
 *   | number        | frame's bytes | decompressed  | records       | CRC32C, frame | CRC32C, 0..35 |
 *   +---------------+---------------+---------------+---------------+---------------+---------------+
 * </pre>
 *
 * @param kind of the block
 * @param number of the block, counted from 0
 * @param compressed bytes of the Zstandard frame that follows
 * @param size bytes of what that holds
 * @param records how many of them are in it
 * @param checksum of the frame that follows
 */
record BlockHeader(BlockKind kind, int number, int compressed, int size, int records, int checksum) {
    /** Bytes of a header. */
    static final int SIZE = 40;
    /** The layout described here. */
    static final int VERSION = 1;
    /** Bytes that a block may hold: writers stay far below, and a reader does not take more memory than this because somebody says so. */
    static final int LARGEST = 1 << 26;

    private static final int SKIPPABLE = 0x184D2A5E;
    private static final int MARK = 'J' | 'I' << 8 | 'G' << 16 | 'R' << 24;
    private static final int SKIPPABLE_OVERHEAD = 8;
    private static final int VERSION_OFFSET = 12;
    private static final int KIND_OFFSET = 13;
    private static final int NUMBER_OFFSET = 16;
    private static final int COMPRESSED_OFFSET = 20;
    private static final int SIZE_OFFSET = 24;
    private static final int RECORDS_OFFSET = 28;
    private static final int CHECKSUM_OFFSET = 32;
    private static final int OWN_CHECKSUM_OFFSET = 36;

    /** Whether bytes begin as a recording does; the buffer has at least {@link #SIZE}. */
    static boolean isMarked(ByteBuffer bytes) {
        ByteBuffer view = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return view.getInt(0) == SKIPPABLE
                && view.getInt(Integer.BYTES) == SIZE - SKIPPABLE_OVERHEAD
                && view.getInt(SKIPPABLE_OVERHEAD) == MARK;
    }

    /** The version of a header that is marked. */
    static int version(ByteBuffer bytes) {
        return bytes.get(VERSION_OFFSET) & 0xff;
    }

    /** A header with its checksums. */
    ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(SKIPPABLE).putInt(SIZE - SKIPPABLE_OVERHEAD).putInt(MARK);
        bytes.put((byte) VERSION).put((byte) kind.number()).putShort((short) 0);
        bytes.putInt(number).putInt(compressed).putInt(size).putInt(records).putInt(checksum);
        bytes.putInt(ownChecksum(bytes));
        return bytes.flip();
    }

    /**
     * Reads a header of this version.
     *
     * @param bytes marked, at least {@link #SIZE}
     * @throws RecordingException when it contradicts itself
     */
    static BlockHeader read(ByteBuffer bytes) {
        ByteBuffer view = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (view.getInt(OWN_CHECKSUM_OFFSET) != ownChecksum(view)) {
            throw new RecordingException("its header is damaged");
        }
        int kindNumber = view.get(KIND_OFFSET) & 0xff;
        BlockKind kind = BlockKind.of(kindNumber)
                .orElseThrow(() -> new RecordingException("it is of unknown kind " + kindNumber));
        int compressed = view.getInt(COMPRESSED_OFFSET);
        int size = view.getInt(SIZE_OFFSET);
        int records = view.getInt(RECORDS_OFFSET);
        if (size < 0 || size > LARGEST || compressed < 0 || compressed > LARGEST + LARGEST / 128) {
            throw new RecordingException("it claims " + Integer.toUnsignedString(size) + " bytes, compressed to "
                    + Integer.toUnsignedString(compressed) + ", the limit is " + LARGEST);
        }
        if (records < 0 || records > size) {
            throw new RecordingException(
                    "it claims " + Integer.toUnsignedString(records) + " records in " + size + " bytes");
        }
        return new BlockHeader(
                kind, view.getInt(NUMBER_OFFSET), compressed, size, records, view.getInt(CHECKSUM_OFFSET));
    }

    private static int ownChecksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().position(0).limit(OWN_CHECKSUM_OFFSET));
        return (int) checksum.getValue();
    }
}
