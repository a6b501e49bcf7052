// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Stripped Go programs made by hand: functions {@code main.first} at 0x401000, {@code main.second} at 0x401040, which ends at 0x401080. */
final class GoPrograms {
    static final int GO_1_2 = 0xffff_fffb;
    static final int GO_1_16 = 0xffff_fffa;
    static final int GO_1_18 = 0xffff_fff0;
    static final int GO_1_20 = 0xffff_fff1;

    static final int TEXT = 0x401000;
    private static final int TABLE = 0x400;
    private static final int NAMES = 0x80;
    private static final int FUNCTIONS = 0x100;

    private GoPrograms() {}

    /**
     * @param stated whether the table itself says where the code begins
     */
    static byte[] program(int version, boolean stated) {
        ByteBuffer elf = ByteBuffer.allocate(0x2000).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putShort(16, (short) 2).putShort(18, (short) 62);
        elf.putLong(32, 64).putLong(40, 0x100);
        elf.putShort(54, (short) 56)
                .putShort(56, (short) 1)
                .putShort(58, (short) 64)
                .putShort(60, (short) 4)
                .putShort(62, (short) 3);
        elf.putInt(64, 1).putInt(68, 5).putLong(72, 0x1000).putLong(80, TEXT).putLong(96, 0x100);
        section(elf, 1, 1, 0x1000, 0x100);
        section(elf, 2, 7, TABLE, 0x200);
        section(elf, 3, 18, 0x300, 40);
        elf.put(0x300, "\0.text\0.gopclntab\0.shstrtab\0".getBytes(StandardCharsets.US_ASCII));
        table(elf.slice(TABLE, 0x200).order(ByteOrder.LITTLE_ENDIAN), version, stated);
        return elf.array();
    }

    private static void section(ByteBuffer elf, int index, int name, int offset, int size) {
        int at = 0x100 + 64 * index;
        elf.putInt(at, name).putInt(at + 4, 1).putLong(at + 24, offset).putLong(at + 32, size);
    }

    private static void table(ByteBuffer table, int version, boolean stated) {
        table.putInt(0, version).put(6, (byte) 1).put(7, (byte) 8).putLong(8, 2);
        table.put(NAMES, "main.first\0main.second\0".getBytes(StandardCharsets.US_ASCII));
        if (version == GO_1_2) {
            words(table, 16, 0, NAMES);
        } else if (version == GO_1_16) {
            table.putLong(8 + 16, NAMES).putLong(8 + 48, FUNCTIONS);
            words(table, FUNCTIONS, FUNCTIONS, 0);
        } else {
            table.putLong(8 + 16, stated ? TEXT : 0).putLong(8 + 24, NAMES).putLong(8 + 56, FUNCTIONS);
            ByteBuffer functions = table.slice(FUNCTIONS, 0x80).order(ByteOrder.LITTLE_ENDIAN);
            functions.putInt(0).putInt(0x20).putInt(0x40).putInt(0x30).putInt(0x80);
            functions.putInt(0x24, 0).putInt(0x34, 11);
        }
    }

    private static void words(ByteBuffer table, int at, int records, int names) {
        int record = 0x60 - (records == 0 ? 0 : 0x20);
        table.putLong(at, TEXT).putLong(at + 8, record);
        table.putLong(at + 16, TEXT + 0x40).putLong(at + 24, record + 0x10);
        table.putLong(at + 32, TEXT + 0x80);
        table.putInt(records + record + 8, names).putInt(records + record + 0x18, names + 11);
    }
}
