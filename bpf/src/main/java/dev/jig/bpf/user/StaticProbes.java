// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.elf.ElfException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the notes by which programs tell of their static probes.
 *
 * <pre>
 *   note:  name's size 4  content's size 4  type 4  name, filled up to 4  content, filled up to 4
 *   content of type 3 of "stapsdt":  location  base  semaphore (a word each)  provider NUL  probe NUL  arguments NUL
 * </pre>
 *
 * <p>Addresses are as the linker saw them; {@code .stapsdt.base} has moved since by as much as they have (prelink).
 */
final class StaticProbes {
    private static final int LARGEST_SECTION = 16 << 20;
    private static final int LARGEST_NOTE = 1 << 20;
    private static final int MOST_NOTES = 10_000;
    private static final int MOST_NAMES = 20;
    private static final int TYPE = 3;
    private static final int HEADER = 12;
    private static final byte[] OWNER = "stapsdt".getBytes(StandardCharsets.US_ASCII);

    private final ExecutableFile file;
    private final byte[] provider;
    private final byte[] probe;
    private final List<StaticProbe> found = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    private StaticProbes(ExecutableFile file, String provider, String probe) {
        this.file = file;
        this.provider = provider.getBytes(StandardCharsets.UTF_8);
        this.probe = probe.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * All places of a probe; the compiler may have made several of one.
     *
     * @throws ElfException when the file has no such probe, or contradicts itself
     */
    static List<StaticProbe> find(ExecutableFile file, String provider, String probe) {
        StaticProbes search = new StaticProbes(file, provider, probe);
        Optional<ExecutableFile.Part> notes = file.section(".note.stapsdt");
        if (notes.isEmpty()) {
            throw new ElfException(file.name() + " has no static probes (USDT)");
        }
        search.readAll(
                file.part("static probes", notes.get().offset(), notes.get().size(), LARGEST_SECTION));
        if (search.found.isEmpty()) {
            throw new ElfException(file.name() + " has no static probe " + provider + ":" + probe + ", only "
                    + String.join(", ", search.names));
        }
        return search.found;
    }

    private void readAll(ByteView notes) {
        long at = 0;
        for (int i = 0; at + HEADER <= notes.size(); i++) {
            if (i == MOST_NOTES) {
                throw new ElfException(notes.name() + ": more than " + MOST_NOTES + " notes");
            }
            long name = at + HEADER;
            long content = name + padded(notes, at, "name");
            long end = content + padded(notes, at + 4, "content");
            if (notes.u32(at + 8) == TYPE && notes.stringEquals(name, OWNER)) {
                read(notes.slice(notes.name() + ": note " + i, content, notes.u32(at + 4)));
            }
            at = end;
        }
    }

    private static long padded(ByteView notes, long at, String what) {
        long size = notes.u32(at);
        if (size > LARGEST_NOTE) {
            throw new ElfException(notes.name() + ": " + what + " of " + size + " bytes at offset " + at
                    + ", more than " + LARGEST_NOTE);
        }
        return size + 3 & ~3L;
    }

    private void read(ByteView note) {
        int word = file.layout().wordSize;
        long ownProvider = 3L * word;
        long ownProbe = ownProvider + note.stringLength(ownProvider) + 1;
        if (!note.stringEquals(ownProvider, provider) || !note.stringEquals(ownProbe, probe)) {
            if (names.size() < MOST_NAMES) {
                names.add(note.string(ownProvider) + ":" + note.string(ownProbe));
            }
            return;
        }
        long moved = baseAddress(file.layout().word(note, word)) - file.layout().word(note, word);
        long semaphore = file.layout().word(note, 2L * word);
        found.add(new StaticProbe(
                file.codeOffset("static probe", file.layout().word(note, 0) + moved),
                semaphore == 0 ? 0 : semaphoreOffset(note, semaphore + moved)));
    }

    private long baseAddress(long written) {
        return file.section(".stapsdt.base").map(file::addressOf).orElse(written);
    }

    private long semaphoreOffset(ByteView note, long address) {
        long offset = file.dataOffset(address)
                .orElseThrow(() -> new ElfException(note.name() + ": semaphore at address 0x"
                        + Long.toHexString(address) + " is in no segment of the file"));
        if (offset >= 1L << 32) {
            throw new ElfException(note.name() + ": semaphore at offset " + offset + " of the file, which is too far");
        }
        return offset;
    }
}
