// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ustack;

import dev.jig.datasource.Record;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which of the numbers that a process has is the one that this machine's {@code /proc} knows it by.
 *
 * @param namespace inode of the namespace of process numbers that we are in; 0 if unknown, which stands for the first
 */
record ProcessNumbers(long namespace) {
    /** Of the namespace of this process. */
    static ProcessNumbers ofThisProcess() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return new ProcessNumbers(Long.parseLong(link, link.indexOf('[') + 1, link.indexOf(']'), 10));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException unknown) {
            return new ProcessNumbers(0);
        }
    }

    /** The number of the process that a stack is of. */
    int process(StackField.Readers readers, Record record) {
        boolean inner = namespace != 0
                && readers.namespace().read(record) != namespace
                && readers.innerNamespace().read(record) == namespace;
        return (int) (inner ? readers.innerProcess() : readers.process()).read(record);
    }
}
