// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import dev.jig.bpf.bytes.AddressOrder;
import dev.jig.bpf.sys.Architecture;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Functions that a virtual machine made at run time, as it tells them in {@code /tmp/perf-PID.map}: lines {@code start size name}, both numbers hexadecimal
 * (Linux, {@code tools/perf/Documentation/jit-interface.txt}). Of functions at one address the last one is meant.
 */
final class PerfMap {
    private static final int LARGEST = 16 << 20;
    private static final int MOST_FUNCTIONS = 1 << 20;
    private static final int O_NONBLOCK = 0x800;
    private static final int LONGEST_NAME = 512;
    private static final int MOST_DIGITS = 16;

    private final byte[] text;
    private final long[] starts;
    private final int[] lines;

    private PerfMap(byte[] text, long[] starts, int[] lines) {
        this.text = text;
        this.starts = starts;
        this.lines = lines;
    }

    static PerfMap parse(byte[] text) {
        long[] starts = new long[1024];
        int[] lines = new int[1024];
        int size = 0;
        int line = 0;
        for (int i = 0; i < text.length && size < MOST_FUNCTIONS; i++) {
            if (text[i] == '\n') {
                int end = numberEnd(text, line);
                if (end > line && text[end] == ' ') {
                    if (size == starts.length) {
                        starts = Arrays.copyOf(starts, size * 2);
                        lines = Arrays.copyOf(lines, size * 2);
                    }
                    starts[size] = number(text, line, end);
                    lines[size] = line;
                    size++;
                }
                line = i + 1;
            }
        }
        int[] order = AddressOrder.sorted(starts, size);
        return new PerfMap(text, AddressOrder.arranged(starts, order), AddressOrder.arranged(lines, order));
    }

    /** Where the digits of a number begin. */
    private static int digits(byte[] text, int start) {
        boolean prefixed = start + 1 < text.length && text[start] == '0' && text[start + 1] == 'x';
        return prefixed ? start + 2 : start;
    }

    /** The first place behind a number; its start when there is none, or nothing behind it. */
    private static int numberEnd(byte[] text, int start) {
        int first = digits(text, start);
        int at = first;
        while (at < text.length && at - first <= MOST_DIGITS && Character.digit(text[at], 16) >= 0) {
            at++;
        }
        return at == first || at == text.length || at - first > MOST_DIGITS ? start : at;
    }

    private static long number(byte[] text, int start, int end) {
        long number = 0;
        for (int i = digits(text, start); i < end; i++) {
            number = number << 4 | Character.digit(text[i], 16);
        }
        return number;
    }

    /** The function that an address is in. */
    Optional<String> nameAt(long address) {
        int index = AddressOrder.firstAbove(starts, address) - 1;
        if (index < 0) {
            return Optional.empty();
        }
        int size = numberEnd(text, lines[index]) + 1;
        int sizeEnd = numberEnd(text, size);
        boolean inside = sizeEnd > size
                && text[sizeEnd] == ' '
                && Long.compareUnsigned(address - starts[index], number(text, size, sizeEnd)) < 0;
        if (!inside) {
            return Optional.empty();
        }
        int end = sizeEnd + 1;
        while (end < text.length && text[end] != '\n' && end - sizeEnd <= LONGEST_NAME) {
            end++;
        }
        String name = new String(text, sizeEnd + 1, end - sizeEnd - 1, StandardCharsets.UTF_8).strip();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /**
     * Reads a file that anybody may have made: only a regular one that belongs to the owner of the process or to root is taken.
     *
     * @param owner user id of the process
     */
    static Optional<PerfMap> read(Path file, int owner) {
        try (FileDescriptor descriptor = FileDescriptor.open(
                file.toString(), O_NONBLOCK | Architecture.current().noFollow())) {
            Map<String, Object> attributes = Files.readAttributes(
                    Path.of("/proc/self/fd/" + descriptor.number()), "unix:uid,isRegularFile,size");
            boolean trusted = attributes.get("uid") instanceof Integer uid && (uid == owner || uid == 0);
            if (!trusted || !Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
                return Optional.empty();
            }
            long size = attributes.get("size") instanceof Long length ? length : 0;
            return Optional.of(parse(readAll(descriptor, (int) Math.min(size, LARGEST))));
        } catch (SystemCallException | IOException none) {
            return Optional.empty();
        }
    }

    private static byte[] readAll(FileDescriptor descriptor, int size) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.max(size, 1));
            long filled = 0;
            long read = size;
            while (read > 0 && filled < size) {
                read = descriptor.read(buffer.asSlice(filled));
                filled += read;
            }
            return buffer.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
