// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A flag's value that is the content of a file: {@code @path}. */
final class FileValue {
    private FileValue() {}

    static String read(String flag, String value) {
        Path file = Path.of(value.substring(1));
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new CliException("invalid argument \"" + value + "\" for \"--" + flag + "\" flag: reading file \""
                    + file + "\" for parameter \"" + flag + "\": " + cause(file, unreadable));
        }
    }

    /** Why a file cannot be read: the exceptions of the JDK often tell its name only. */
    static String cause(Path file, IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException missing -> "open " + file + ": no such file or directory";
            case AccessDeniedException denied -> "open " + file + ": permission denied";
            default -> "open " + file + ": " + unreadable.getMessage();
        };
    }
}
