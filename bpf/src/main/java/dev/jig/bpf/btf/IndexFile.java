// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import dev.jig.bpf.bytes.ByteView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Layout of a stored index: where each type starts, and the hash table of names. Numbers are in this machine's byte order.
 *
 * <pre>
 *   0       8         12        16             48         52          56        60         64
 *   +-------+---------+---------+--------------+----------+-----------+---------+----------+--------
 *   | magic | version | id size | build id, 32 | BTF size | positions | buckets | checksum | tables
 *   +-------+---------+---------+--------------+----------+-----------+---------+----------+--------
 *   tables: offsets [positions], heads [buckets], next [positions]; the checksum is the CRC-32 of all but itself
 * </pre>
 */
final class IndexFile {
    private static final long MAGIC = 0x5844_4946_5442_494aL;
    private static final int VERSION = 1;
    private static final int HEADER = 64;
    private static final int BUILD_ID = 16;
    private static final int MAXIMUM_BUILD_ID = 32;
    private static final int BTF_SIZE = 48;
    private static final int POSITIONS = 52;
    private static final int BUCKETS = 56;
    private static final int CHECKSUM = 60;

    private IndexFile() {}

    /** The two tables of a usable index. */
    record Tables(IntTable offsets, NameIndex names) {}

    static ByteBuffer encode(Btf btf, byte[] buildId, int btfSize) {
        IntTable offsets = btf.offsets();
        NameIndex names = btf.names();
        int words = offsets.length() + names.heads().length() + names.next().length();
        ByteBuffer file = ByteBuffer.allocate(HEADER + 4 * words).order(ByteOrder.nativeOrder());
        file.putLong(0, MAGIC).putInt(8, VERSION).putInt(12, buildId.length);
        file.put(BUILD_ID, buildId, 0, Math.min(buildId.length, MAXIMUM_BUILD_ID));
        file.putInt(BTF_SIZE, btfSize)
                .putInt(POSITIONS, offsets.length())
                .putInt(BUCKETS, names.heads().length());
        file.position(HEADER);
        put(file, offsets);
        put(file, names.heads());
        put(file, names.next());
        file.flip();
        file.putInt(CHECKSUM, checksum(file));
        return file;
    }

    private static void put(ByteBuffer file, IntTable table) {
        for (int i = 0; i < table.length(); i++) {
            file.putInt(table.get(i));
        }
    }

    /** The tables, if this is an undamaged index of exactly that BTF. */
    static Optional<Tables> decode(ByteBuffer file, byte[] buildId, int btfSize) {
        ByteBuffer bytes = file.duplicate().order(ByteOrder.nativeOrder());
        if (bytes.limit() < HEADER || !isFor(bytes, buildId, btfSize) || bytes.getInt(CHECKSUM) != checksum(bytes)) {
            return Optional.empty();
        }
        long positions = bytes.getInt(POSITIONS) & 0xffff_ffffL;
        long buckets = bytes.getInt(BUCKETS) & 0xffff_ffffL;
        boolean powerOfTwo = Long.bitCount(buckets) == 1;
        if (!powerOfTwo || positions == 0 || HEADER + 4 * (2 * positions + buckets) != bytes.limit()) {
            return Optional.empty();
        }
        ByteView view = ByteView.of("BTF index", bytes, BtfHeader.FAILURE);
        IntTable offsets = new IntTable.InBytes(view.slice("BTF index: offsets", HEADER, 4 * positions));
        IntTable heads = new IntTable.InBytes(view.slice("BTF index: heads", HEADER + 4 * positions, 4 * buckets));
        long next = HEADER + 4 * (positions + buckets);
        return Optional.of(new Tables(
                offsets,
                new NameIndex(heads, new IntTable.InBytes(view.slice("BTF index: next", next, 4 * positions)))));
    }

    private static boolean isFor(ByteBuffer bytes, byte[] buildId, int btfSize) {
        byte[] stored = new byte[Math.min(buildId.length, MAXIMUM_BUILD_ID)];
        bytes.get(BUILD_ID, stored);
        return bytes.getLong(0) == MAGIC
                && bytes.getInt(8) == VERSION
                && bytes.getInt(12) == buildId.length
                && bytes.getInt(BTF_SIZE) == btfSize
                && Arrays.equals(stored, 0, stored.length, buildId, 0, stored.length);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes.slice(0, CHECKSUM));
        checksum.update(bytes.slice(HEADER, bytes.limit() - HEADER));
        return (int) checksum.getValue();
    }
}
