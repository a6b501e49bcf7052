// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

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

    /** 64-bit, with sections of these names and contents, each at the address of {@link #sectionAddress}; all of it can be executed. */
    static byte[] withSections(Map<String, byte[]> sections) {
        ByteBuffer elf = ByteBuffer.allocate(0x2000).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putShort(16, (short) 3).putShort(18, (short) 62);
        elf.putLong(32, 64).putLong(40, 0x200);
        elf.putShort(54, (short) 56).putShort(56, (short) 1).putShort(58, (short) 64);
        elf.putShort(60, (short) (sections.size() + 2)).putShort(62, (short) (sections.size() + 1));
        segment64(elf, 64, 5, 0, CODE_ADDRESS, 0x2000);
        StringBuilder names = new StringBuilder("\0");
        int index = 1;
        for (Map.Entry<String, byte[]> section : sections.entrySet()) {
            elf.putInt(0x200 + 64 * index, names.length());
            elf.putLong(0x200 + 64 * index + 16, sectionAddress(index));
            section64(elf, index, 1, 0x400 * (index + 1), section.getValue().length, 0);
            elf.put(0x400 * (index + 1), section.getValue());
            names.append(section.getKey()).append('\0');
            index++;
        }
        section64(elf, index, 3, 0x180, names.length(), 0);
        elf.put(0x180, names.toString().getBytes(StandardCharsets.US_ASCII));
        return elf.array();
    }

    /** Address of the first section is that of index 1. */
    static long sectionAddress(int index) {
        return CODE_ADDRESS + 0x400L * (index + 1);
    }

    /** A note as {@code sys/sdt.h} writes it. */
    static byte[] staticProbeNote(long location, long base, long semaphore, String provider, String probe) {
        byte[] texts = (provider + "\0" + probe + "\0-4@%eax\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer note =
                ByteBuffer.allocate(12 + 8 + 24 + (texts.length + 3 & ~3)).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(8).putInt(24 + texts.length).putInt(3).put("stapsdt\0".getBytes(StandardCharsets.US_ASCII));
        note.putLong(location).putLong(base).putLong(semaphore).put(texts);
        return note.array();
    }

    /** The function table of a Go program, with {@code main.main} at the start and {@code main.second} 0x40 bytes behind. */
    static byte[] goTable(int magic) {
        ByteBuffer table = ByteBuffer.allocate(0x200).order(ByteOrder.LITTLE_ENDIAN);
        boolean relative = magic == 0xfffffff0 || magic == 0xfffffff1;
        boolean old = magic == 0xfffffffb;
        table.putInt(0, magic).put(6, (byte) 1).put(7, (byte) 8).putLong(8, 2);
        int functions = old ? 16 : 0x80;
        int names = old ? 0 : 0x60;
        if (!old) {
            table.putLong(8 + 8 * (relative ? 3 : 2), names).putLong(8 + 8 * (relative ? 7 : 6), functions);
            if (relative) {
                table.putLong(8 + 8 * 2, CODE_ADDRESS);
            }
        }
        String texts = "main.main\0main.second\0";
        int nameStart = old ? 0x180 : names;
        table.put(nameStart, texts.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 2; i++) {
            int data = 0x100 + 0x20 * i;
            int name = nameStart - names + (i == 0 ? 0 : texts.indexOf("main.second"));
            int offset = data - (old ? 0 : functions);
            if (relative) {
                table.putInt(functions + 8 * i, 0x40 * i).putInt(functions + 8 * i + 4, offset);
                table.putInt(data, 0x40 * i).putInt(data + 4, name);
            } else {
                table.putLong(functions + 16 * i, CODE_ADDRESS + 0x40 * i).putLong(functions + 16 * i + 8, offset);
                table.putLong(data, CODE_ADDRESS + 0x40 * i).putInt(data + 8, name);
            }
        }
        return table.array();
    }
}
