// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** What is wrong with a file, without its name. */
final class FileProblem {
    private FileProblem() {}

    static String text(Exception problem) {
        return switch (problem) {
            case NoSuchFileException missing -> "no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other ->
                Optional.ofNullable(other.getReason()).orElse("it cannot be used");
            default -> String.valueOf(problem.getMessage());
        };
    }
}
