// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The executable parts of a process's address space, {@code /proc/PID/maps}, by address. Lines that make no sense are passed over. */
final class ProcessMaps {
    private static final int LONGEST_FILE = 16 << 20;

    private final List<Region> regions;

    private ProcessMaps(List<Region> regions) {
        this.regions = List.copyOf(regions);
    }

    /**
     * A part of an address space that can be executed.
     *
     * @param start first address
     * @param end first address behind it
     * @param offset of the first byte in the file
     * @param identity device and inode of the file
     * @param name path of the file as the process sees it, a name in brackets, or empty
     */
    record Region(long start, long end, long offset, String identity, String name) {
        /** Whether it comes from a file that can be opened: code that was made at run time does not. */
        boolean isFile() {
            return name.startsWith("/") && !name.startsWith("/memfd:") && !name.startsWith("/dev/zero");
        }

        /** The name of its link in {@code /proc/PID/map_files}. */
        String link() {
            return Long.toHexString(start) + "-" + Long.toHexString(end);
        }
    }

    /** Reads those of a process; nothing when it is gone or has none, as threads of the kernel have not. */
    static Optional<ProcessMaps> of(Path process) {
        try (InputStream in = Files.newInputStream(process.resolve("maps"))) {
            ProcessMaps maps = parse(in.readNBytes(LONGEST_FILE));
            return maps.regions.isEmpty() ? Optional.empty() : Optional.of(maps);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static ProcessMaps parse(byte[] text) {
        List<Region> regions = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                region(new String(text, start, i - start, StandardCharsets.UTF_8))
                        .ifPresent(regions::add);
                start = i + 1;
            }
        }
        return new ProcessMaps(regions);
    }

    /** {@code start-end rwxp offset major:minor inode   name}. */
    private static Optional<Region> region(String line) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ');
        int offset = space + 6;
        if (dash <= 0 || dash > space || line.length() <= offset || line.charAt(space + 3) != 'x') {
            return Optional.empty();
        }
        int offsetEnd = line.indexOf(' ', offset);
        int deviceEnd = line.indexOf(' ', offsetEnd + 1);
        if (offsetEnd < 0 || deviceEnd < 0) {
            return Optional.empty();
        }
        int inodeEnd = line.indexOf(' ', deviceEnd + 1);
        int identityEnd = inodeEnd < 0 ? line.length() : inodeEnd;
        try {
            return Optional.of(new Region(
                    Long.parseUnsignedLong(line, 0, dash, 16),
                    Long.parseUnsignedLong(line, dash + 1, space, 16),
                    Long.parseUnsignedLong(line, offset, offsetEnd, 16),
                    line.substring(offsetEnd + 1, identityEnd),
                    line.substring(identityEnd).strip()));
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    /** The region that an address is in. The kernel lists them in ascending order. */
    Optional<Region> find(long address) {
        int low = 0;
        int high = regions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(regions.get(middle).end, address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean inside = low < regions.size() && Long.compareUnsigned(regions.get(low).start, address) <= 0;
        return inside ? Optional.of(regions.get(low)) : Optional.empty();
    }

    /** The region with a name. */
    Optional<Region> named(String name) {
        for (Region region : regions) {
            if (region.name.equals(name)) {
                return Optional.of(region);
            }
        }
        return Optional.empty();
    }
}
