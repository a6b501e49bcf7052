// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ids;

import dev.jig.datasource.LongTextMemo;
import dev.jig.datasource.Utf8Literal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Names by number from {@code /etc/passwd} or {@code /etc/group}, for one thread. The file is looked at again, at most once
 * a second and once in a batch of events, and read again when it has changed; a name that is gone stays until then.
 */
final class IdNames {
    private static final long LOOK_EVERY_NANOS = 1_000_000_000L;
    private static final int MOST_KEPT = 4096;

    private final Path file;
    private final String prefix;
    private final LongTextMemo texts;
    private final LongSupplier nanoTime;
    private Map<Long, String> names = Map.of();
    private FileTime readAt = FileTime.fromMillis(Long.MIN_VALUE / 2);
    private long nextLook;
    private boolean looked;

    /**
     * @param prefix before numbers that have no name, for instance {@code uid:}
     * @param nanoTime a clock such as {@link System#nanoTime()}
     */
    IdNames(Path file, String prefix, LongSupplier nanoTime) {
        this.file = file;
        this.prefix = prefix;
        this.nanoTime = nanoTime;
        this.nextLook = nanoTime.getAsLong();
        this.texts = new LongTextMemo(MOST_KEPT, this::text);
    }

    /** The name of a number, or the number behind the prefix. */
    Utf8Literal of(long id) {
        if (!looked) {
            looked = true;
            look();
        }
        return texts.of(id);
    }

    /** The file may be looked at again: asking for the time at each event would cost a tenth of it. */
    void endBatch() {
        looked = false;
    }

    private void look() {
        long now = nanoTime.getAsLong();
        if (now - nextLook >= 0) {
            nextLook = now + LOOK_EVERY_NANOS;
            refresh();
        }
    }

    private Utf8Literal text(long id) {
        String name = names.get(id);
        return Utf8Literal.of(name == null ? prefix + id : name);
    }

    private void refresh() {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            if (!modified.equals(readAt)) {
                names = parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                readAt = modified;
                texts.clear();
            }
        } catch (IOException unreadable) {
            // Somebody is replacing the file: what was read before still holds.
            nextLook = nanoTime.getAsLong() + LOOK_EVERY_NANOS;
        }
    }

    /** Lines such as {@code name:x:0:…}; the first line of a number counts. */
    static Map<Long, String> parse(String text) {
        Map<Long, String> names = new HashMap<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            parseLine(text.substring(start, end).stripLeading(), names);
            start = end + 1;
        }
        return names;
    }

    private static void parseLine(String line, Map<Long, String> names) {
        int first = line.indexOf(':');
        int second = line.indexOf(':', first + 1);
        if (line.startsWith("#") || first <= 0 || second < 0) {
            return;
        }
        int third = line.indexOf(':', second + 1);
        String number = line.substring(second + 1, third < 0 ? line.length() : third);
        try {
            names.putIfAbsent(Long.parseUnsignedLong(number), line.substring(0, first));
        } catch (NumberFormatException malformed) {
            // A line that is no entry is passed over, as the C library does.
            return;
        }
    }
}
