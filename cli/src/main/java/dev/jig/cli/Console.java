// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.datasource.Utf8Buffer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output for what a command answers, standard error for what went wrong. */
final class Console {
    private final StandardOutput output;
    private final StringBuilder answer = new StringBuilder();
    private final PrintStream err =
            new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);

    Console(StandardOutput output) {
        this.output = output;
    }

    StandardOutput output() {
        return output;
    }

    /** Text for standard output, as it is. */
    void print(String text) {
        answer.append(text);
    }

    /** A line for standard output. */
    void println(String line) {
        answer.append(line).append('\n');
    }

    /** A line for standard error. */
    void note(String line) {
        flush();
        err.println(ControlCharacters.neutralise(line));
    }

    /** Why a command failed. */
    void error(String message) {
        note("Error: " + message);
    }

    PrintStream errorStream() {
        return err;
    }

    /** Writes what a command answered so far. */
    void flush() {
        if (!answer.isEmpty()) {
            byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
            try (Utf8Buffer bytes = new Utf8Buffer(text.length)) {
                bytes.append(text);
                output.write(bytes);
            }
            answer.setLength(0);
        }
        err.flush();
    }
}
