// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Programs made by hand: an ELF header, one segment of data and one of code, and both symbol tables. */
final class Executables {
    static final int CODE_OFFSET = 0x1000;
    static final int CODE_ADDRESS = 0x401000;
    private static final String NAMES = "\0open_door\0close_door\0imported\0data\0far_away\0";

    private Executables() {}

    /** 64-bit: functions at {@link #CODE_ADDRESS} and 0x40 behind it; {@code imported} is not defined, {@code data} no function, {@code far_away} in no segment. */
    static byte[] bits64(ByteOrder order) {
        ByteBuffer elf = ByteBuffer.allocate(0x600).order(order);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2), 1});
        elf.putShort(16, (short) 3).putShort(18, (short) 62);
        elf.putLong(32, 64).putLong(40, 0x200);
        elf.putShort(54, (short) 56)
                .putShort(56, (short) 2)
                .putShort(58, (short) 64)
                .putShort(60, (short) 4);
        segment64(elf, 64, 4, 0, 0x400000, 0x600);
        segment64(elf, 120, 5, CODE_OFFSET, CODE_ADDRESS, 0x100);
        byte[] names = NAMES.getBytes(StandardCharsets.US_ASCII);
        elf.put(0x300, names);
        section64(elf, 1, 2, 0x400, 24 * 5, 2);
        section64(elf, 2, 3, 0x300, names.length, 0);
        section64(elf, 3, 11, 0x500, 24 * 2, 2);
        symbol64(elf, 0x400 + 24, "open_door", 2, 1, CODE_ADDRESS);
        symbol64(elf, 0x400 + 48, "imported", 2, 0, 0);
        symbol64(elf, 0x400 + 72, "data", 1, 1, 0x400010);
        symbol64(elf, 0x400 + 96, "far_away", 2, 1, 0x900000);
        symbol64(elf, 0x500 + 24, "close_door", 2, 1, CODE_ADDRESS + 0x40);
        return elf.array();
    }

    private static void segment64(ByteBuffer elf, int at, int flags, long offset, long address, long size) {
        elf.putInt(at, 1).putInt(at + 4, flags).putLong(at + 8, offset).putLong(at + 16, address);
        elf.putLong(at + 32, size).putLong(at + 40, size);
    }

    private static void section64(ByteBuffer elf, int index, int type, int offset, int size, int link) {
        int at = 0x200 + 64 * index;
        elf.putInt(at + 4, type).putLong(at + 24, offset).putLong(at + 32, size).putInt(at + 40, link);
    }

    private static void symbol64(ByteBuffer elf, int at, String name, int type, int section, long value) {
        elf.putInt(at, NAMES.indexOf("\0" + name + "\0") + 1).put(at + 4, (byte) (0x10 | type));
        elf.putShort(at + 6, (short) section).putLong(at + 8, value);
    }

    /** 32-bit, with {@code open_door} at {@link #CODE_ADDRESS}. */
    static byte[] bits32() {
        ByteBuffer elf = ByteBuffer.allocate(0x300).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 1, 1});
        elf.putShort(16, (short) 2).putInt(28, 52).putInt(32, 0x100);
        elf.putShort(42, (short) 32)
                .putShort(44, (short) 1)
                .putShort(46, (short) 40)
                .putShort(48, (short) 3);
        elf.putInt(52, 1)
                .putInt(56, CODE_OFFSET)
                .putInt(60, CODE_ADDRESS)
                .putInt(68, 0x100)
                .putInt(76, 5);
        elf.putInt(0x100 + 40 + 4, 2)
                .putInt(0x100 + 40 + 16, 0x200)
                .putInt(0x100 + 40 + 20, 32)
                .putInt(0x100 + 40 + 24, 2);
        elf.putInt(0x100 + 80 + 4, 3).putInt(0x100 + 80 + 16, 0x280).putInt(0x100 + 80 + 20, 11);
        elf.put(0x280, "\0open_door\0".getBytes(StandardCharsets.US_ASCII));
        elf.putInt(0x210, 1).putInt(0x214, CODE_ADDRESS).put(0x21c, (byte) 0x12).putShort(0x21e, (short) 1);
        return elf.array();
    }
}
