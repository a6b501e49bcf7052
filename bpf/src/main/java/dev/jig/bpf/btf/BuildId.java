// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import dev.jig.bpf.bytes.ByteView;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Finds the GNU build id among ELF notes, as {@code /sys/kernel/notes} shows them.
 *
 * <pre>
 *   0           4           8      12     12 + align4(name)
 *   +-----------+-----------+------+------+-------------+
 *   | name size | desc size | type | name | description | ...
 *   +-----------+-----------+------+------+-------------+
 * </pre>
 */
final class BuildId {
    private static final int TYPE_GNU_BUILD_ID = 3;
    private static final int HEADER = 12;
    private static final byte[] OWNER = {'G', 'N', 'U'};

    private BuildId() {}

    static Optional<byte[]> find(byte[] notes) {
        ByteView view = ByteView.of("kernel notes", notes, ByteOrder.nativeOrder(), BtfHeader.FAILURE);
        long at = 0;
        while (at + HEADER <= view.size()) {
            long nameSize = view.u32(at);
            long size = view.u32(at + 4);
            long description = at + HEADER + aligned(nameSize);
            if (description + size > view.size()) {
                return Optional.empty();
            }
            if (view.u32(at + 8) == TYPE_GNU_BUILD_ID && nameSize == 4 && view.stringEquals(at + HEADER, OWNER)) {
                return Optional.of(view.toByteArray(description, (int) size));
            }
            at = description + aligned(size);
        }
        return Optional.empty();
    }

    private static long aligned(long size) {
        return (size + 3) & ~3L;
    }
}
