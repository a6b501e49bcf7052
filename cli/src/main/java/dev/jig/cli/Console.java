// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output for what a command answers, standard error for what went wrong. */
final class Console {
    private final PrintStream out = stream(FileDescriptor.out);
    private final PrintStream err = stream(FileDescriptor.err);

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Text for standard output, as it is. */
    void print(String text) {
        out.print(text);
    }

    /** A line for standard output. */
    void println(String line) {
        out.println(line);
    }

    /** A line for standard error. */
    void note(String line) {
        out.flush();
        err.println(ControlCharacters.neutralise(line));
    }

    /** Why a command failed. */
    void error(String message) {
        note("Error: " + message);
    }

    PrintStream errorStream() {
        return err;
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
