// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.elf.ElfException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The dynamic linker's list of libraries, {@code /etc/ld.so.cache} (glibc: {@code elf/cache.c}, {@code sysdeps/generic/dl-cache.h}), in both formats, and in the
 * one that has the new table behind the old one.
 *
 * <pre>
 *   old:  magic "ld.so-1.7.0" 0   count 12   entries 16: flags 4, key 4, value 4    strings: offsets from here
 *   new:  magic "glibc-ld.so.cache1.1" 0   count 20   strings' length 24   ...   entries 48: flags 4, key 4, value 4, os 4, hwcap 8; offsets from the magic
 * </pre>
 */
final class LibraryCache {
    private static final int LARGEST = 16 << 20;
    private static final int MOST_RESULTS = 64;
    private static final byte[] OLD_MAGIC = "ld.so-1.7.0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW_MAGIC = "glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII);
    private static final int OLD_HEADER = 16;
    private static final int OLD_ENTRY = 12;
    private static final int NEW_HEADER = 48;
    private static final int NEW_ENTRY = 24;

    private final ByteView entries;
    private final int entrySize;
    private final ByteView strings;

    private LibraryCache(ByteView entries, int entrySize, ByteView strings) {
        this.entries = entries;
        this.entrySize = entrySize;
        this.strings = strings;
    }

    /**
     * Reads the list.
     *
     * @throws ElfException when it is in neither format
     */
    static LibraryCache read(FileContents file) {
        ByteView view = file.part("library cache", 0, file.size(), LARGEST, ByteOrder.nativeOrder());
        if (has(view, 0, NEW_MAGIC)) {
            return newFormat(view);
        }
        if (!has(view, 0, OLD_MAGIC)) {
            throw new ElfException(view.name() + ": neither of the known formats");
        }
        long end = OLD_HEADER + view.u32(12) * OLD_ENTRY;
        long aligned = (end + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        if (has(view, aligned, NEW_MAGIC)) {
            return newFormat(view.slice(view.name(), aligned, view.size() - aligned));
        }
        ByteView entries = view.slice(view.name() + ": entries", OLD_HEADER, end - OLD_HEADER);
        return new LibraryCache(entries, OLD_ENTRY, view.slice(view.name() + ": strings", end, view.size() - end));
    }

    private static LibraryCache newFormat(ByteView view) {
        ByteView entries = view.slice(view.name() + ": entries", NEW_HEADER, view.u32(20) * NEW_ENTRY);
        return new LibraryCache(entries, NEW_ENTRY, view);
    }

    private static boolean has(ByteView view, long offset, byte[] magic) {
        return offset <= view.size() - magic.length && Arrays.equals(view.toByteArray(offset, magic.length), magic);
    }

    /** Paths of the libraries whose name is this one, {@code .so} and perhaps a version, at most 64; several when the system has them for several architectures. */
    List<String> find(String name) {
        byte[] prefix = (name + ".so").getBytes(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < entries.size() / entrySize && found.size() < MOST_RESULTS; i++) {
            long at = (long) i * entrySize;
            if (strings.stringStartsWith(entries.u32(at + 4), prefix)) {
                found.add(strings.string(entries.u32(at + 8)));
            }
        }
        return found;
    }
}
