// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.user.FunctionTable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tables of functions of files, each read once for all processes that run it. */
final class FunctionTables {
    private static final int MOST_FILES = 256;
    /** 16 bytes each. */
    private static final int MOST_FUNCTIONS = 1 << 20;

    private static final int LARGEST_VDSO = 1 << 16;

    private final Map<File, Optional<FunctionTable>> tables = new HashMap<>();
    private long functions;
    private boolean vdsoRead;
    private Optional<FunctionTable> vdso = Optional.empty();

    /**
     * A file's content: another one with its inode number has another time.
     *
     * @param identity device and inode
     */
    private record File(String identity, FileTime modified) {}

    /** Whether no more should be kept. */
    boolean isFull() {
        return functions > MOST_FUNCTIONS || tables.size() >= MOST_FILES;
    }

    /**
     * The functions of the file that a region of a process was mapped from, even if it was deleted, or is in another file system.
     *
     * @return nothing when it cannot be read or makes no sense
     */
    Optional<FunctionTable> of(Path process, ProcessMaps.Region region) {
        Optional<FunctionTable> table =
                open(region, process.resolve("map_files").resolve(region.link()));
        // That folder needs more privileges.
        return table.isPresent() ? table : open(region, process.resolve("root" + region.name()));
    }

    private Optional<FunctionTable> open(ProcessMaps.Region region, Path path) {
        try {
            File file = new File(region.identity(), Files.getLastModifiedTime(path));
            Optional<FunctionTable> known = tables.get(file);
            if (known == null) {
                known = read(path);
                known.ifPresent(table -> functions += table.size());
                tables.put(file, known);
            }
            return known;
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static Optional<FunctionTable> read(Path path) {
        try {
            return Optional.of(FunctionTable.open(path));
        } catch (BpfException noProgram) {
            return Optional.empty();
        }
    }

    /** The functions that the kernel lends to 64-bit programs: all get the same, this process too. */
    Optional<FunctionTable> vdso() {
        if (!vdsoRead) {
            vdsoRead = true;
            Optional<ProcessMaps> own = ProcessMaps.of(Path.of("/proc/self"));
            vdso = own.flatMap(maps -> maps.named(ProcessSymbols.VDSO)).flatMap(FunctionTables::readOwn);
        }
        return vdso;
    }

    private static Optional<FunctionTable> readOwn(ProcessMaps.Region region) {
        long size = region.end() - region.start();
        if (size <= 0 || size > LARGEST_VDSO) {
            return Optional.empty();
        }
        byte[] bytes = MemorySegment.ofAddress(region.start()).reinterpret(size).toArray(ValueLayout.JAVA_BYTE);
        try {
            return Optional.of(FunctionTable.of(region.name(), bytes));
        } catch (BpfException unreadable) {
            return Optional.empty();
        }
    }

    /** Closes all files. */
    void clear() {
        tables.values().forEach(table -> table.ifPresent(FunctionTable::close));
        tables.clear();
        functions = 0;
    }
}
