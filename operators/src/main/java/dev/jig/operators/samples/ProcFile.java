// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads small files of {@code /proc} and {@code /sys}; what has vanished, or may not be read, is absent. */
final class ProcFile {
    private ProcFile() {}

    static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException goneOrForbidden) {
            return Optional.empty();
        }
    }

    /** The numbers of the processes that there are. */
    static List<Integer> processes(Path proc) {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                numbers.add(Integer.parseInt(entry.getFileName().toString()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return numbers;
    }

    /** The number in a link such as {@code mnt:[4026531841]}; 0 where it may not be read. */
    static long namespace(Path link) {
        try {
            String text = Files.readSymbolicLink(link).toString();
            return Long.parseLong(text, text.indexOf('[') + 1, text.indexOf(']'), 10);
        } catch (IOException goneOrForbidden) {
            return 0;
        }
    }
}
