// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.bytes.Failure;
import java.nio.ByteOrder;

/**
 * Finds the two parts of a BTF blob (kernel: {@code Documentation/bpf/btf.rst}, "BTF Type and String Encoding").
 *
 * <pre>
 *   0       2         3       4            8          12         16         20         24
 *   +-------+---------+-------+------------+----------+----------+----------+----------+----
 *   | magic | version | flags | hdr_len    | type_off | type_len | str_off  | str_len  | ...
 *   +-------+---------+-------+------------+----------+----------+----------+----------+----
 * </pre>
 *
 * @param types the type records
 * @param strings the NUL-terminated names, of which the first is empty, unless the BTF is split
 */
record BtfHeader(ByteView types, ByteView strings) {
    static final int MAGIC = 0xeb9f;
    static final int SIZE = 24;

    static final Failure FAILURE = new Failure() {
        @Override
        public BtfException because(String message) {
            return new BtfException(message);
        }
    };

    static BtfHeader read(ByteView raw) {
        ByteView view = raw.withOrder(order(raw));
        if (view.u8(2) != 1) {
            throw new BtfException(view.name() + ": BTF version " + view.u8(2) + " is not 1");
        }
        long headerLength = view.u32(4);
        if (headerLength < SIZE) {
            throw new BtfException(view.name() + ": BTF header length " + headerLength + " is below " + SIZE);
        }
        ByteView types = view.slice(view.name() + ": types", headerLength + view.u32(8), view.u32(12));
        ByteView strings = view.slice(view.name() + ": strings", headerLength + view.u32(16), view.u32(20));
        if (strings.size() > 0 && strings.u8(strings.size() - 1) != 0) {
            throw new BtfException(strings.name() + ": last string is not terminated");
        }
        return new BtfHeader(types, strings);
    }

    private static ByteOrder order(ByteView view) {
        int first = view.u8(0);
        int second = view.u8(1);
        if (first == (MAGIC & 0xff) && second == MAGIC >> 8) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        if (first == MAGIC >> 8 && second == (MAGIC & 0xff)) {
            return ByteOrder.BIG_ENDIAN;
        }
        throw new BtfException(view.name() + ": no BTF magic number");
    }
}
