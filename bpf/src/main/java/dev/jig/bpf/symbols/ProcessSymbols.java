// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.user.FunctionTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names for addresses of one process, whose address space is read anew when an address is in none of its parts. */
final class ProcessSymbols {
    static final String VDSO = "[vdso]";

    private static final long REREAD_NANOSECONDS = 100_000_000;
    private static final long LOWEST_64_BIT = 1L << 32;
    private static final int LONGEST_STATUS = 1 << 14;

    private final Path process;
    private final FunctionTables tables;
    private final Map<ProcessMaps.Region, Optional<FunctionTable>> functions = new HashMap<>();
    private ProcessMaps maps;
    private long readAt = System.nanoTime();
    private boolean perfMapRead;
    private boolean learning;
    private Optional<PerfMap> perfMap = Optional.empty();

    private ProcessSymbols(Path process, ProcessMaps maps, FunctionTables tables) {
        this.process = process;
        this.maps = maps;
        this.tables = tables;
    }

    /** Reads how a process's memory is laid out; nothing when it is gone. */
    static Optional<ProcessSymbols> open(Path process, FunctionTables tables) {
        return ProcessMaps.of(process).map(maps -> new ProcessSymbols(process, maps, tables));
    }

    /** Whether an address is in code of this process. */
    boolean covers(long address) {
        return maps.find(address).isPresent();
    }

    Optional<String> nameAt(long address) {
        Optional<ProcessMaps.Region> region = maps.find(address);
        if (region.isEmpty() && System.nanoTime() - readAt > REREAD_NANOSECONDS) {
            readAt = System.nanoTime();
            maps = ProcessMaps.of(process).orElse(maps);
            region = maps.find(address);
        }
        return region.isEmpty() ? Optional.empty() : nameIn(region.get(), address);
    }

    private Optional<String> nameIn(ProcessMaps.Region region, long address) {
        try {
            if (region.name().equals(VDSO)) {
                return Long.compareUnsigned(address, LOWEST_64_BIT) < 0
                        ? Optional.empty()
                        : nameIn(tables.vdso(), address - region.start());
            }
            if (region.isFile()) {
                Optional<FunctionTable> table = functions.computeIfAbsent(region, mapped -> tables.of(process, mapped));
                return nameIn(table, address - region.start() + region.offset());
            }
        } catch (BpfException contradiction) {
            return Optional.empty();
        }
        Optional<String> name = perfMap().flatMap(map -> map.nameAt(address));
        learning |= name.isEmpty() && region.name().isEmpty();
        return name;
    }

    /** Whether an address had no name that may get one: in code that was made at run time. The question is answered once. */
    boolean mayLearn() {
        boolean learnt = learning;
        learning = false;
        return learnt;
    }

    private static Optional<String> nameIn(Optional<FunctionTable> table, long offset) {
        return table.isPresent() ? table.get().nameAt(offset) : Optional.empty();
    }

    private Optional<PerfMap> perfMap() {
        if (!perfMapRead) {
            perfMapRead = true;
            perfMap = readPerfMap();
        }
        return perfMap;
    }

    /** It is named after the number that the process has for itself, and is where the process sees {@code /tmp}. */
    private Optional<PerfMap> readPerfMap() {
        try {
            Object owner = Files.getAttribute(process, "unix:uid");
            String file = "perf-" + ownNumber() + ".map";
            return owner instanceof Integer uid
                    ? PerfMap.read(process.resolve("root/tmp").resolve(file), uid)
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** The last number in the line {@code NSpid}, which begins with those of outer namespaces. */
    private String ownNumber() throws IOException {
        try (var in = Files.newInputStream(process.resolve("status"))) {
            String status = new String(in.readNBytes(LONGEST_STATUS), StandardCharsets.US_ASCII);
            int line = status.indexOf("\nNSpid:");
            int end = line < 0 ? -1 : status.indexOf('\n', line + 1);
            if (end < 0) {
                return String.valueOf(process.getFileName());
            }
            String numbers = status.substring(line, end);
            return numbers.substring(numbers.lastIndexOf('\t') + 1);
        }
    }
}
