// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A flag's value that is the content of a file: {@code @path}. */
final class FileValue {
    private FileValue() {}

    static String read(String flag, String value) {
        String file = value.substring(1);
        try {
            return Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw new CliException(
                    "reading file \"" + file + "\" for parameter \"" + flag + "\": " + unreadable.getMessage());
        }
    }
}
