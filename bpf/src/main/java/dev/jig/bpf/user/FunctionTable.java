// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.elf.ElfException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which function is at a place of a program or library: from its symbol tables, and for Go programs without one from the table that their runtime uses. Keeps
 * 16 bytes for each function and the open file, from which names are read when they are asked for. For one thread.
 */
public final class FunctionTable implements AutoCloseable {
    private final ExecutableFile file;
    private final SymbolFunctions symbols;
    private final Optional<GoFunctions> go;

    private FunctionTable(ExecutableFile file) {
        this.file = file;
        this.symbols = SymbolFunctions.read(file);
        this.go = symbols.isComplete() ? Optional.empty() : GoFunctions.find(file);
    }

    /**
     * Reads the table of a file, which stays open.
     *
     * @throws ElfException when it cannot be read or makes no sense
     */
    public static FunctionTable open(Path path) {
        return of(ExecutableFile.open(path));
    }

    /**
     * Reads the table of a program that is in memory.
     *
     * @param name for messages
     * @throws ElfException when it makes no sense
     */
    public static FunctionTable of(String name, byte[] program) {
        requireNonNull(name, "name");
        return of(ExecutableFile.open(FileContents.of(name, program)));
    }

    private static FunctionTable of(ExecutableFile file) {
        try {
            return new FunctionTable(file);
        } catch (RuntimeException malformed) {
            file.close();
            throw malformed;
        }
    }

    /** How many functions it knows. */
    public int size() {
        return symbols.size() + (go.isPresent() ? go.get().size() : 0);
    }

    /**
     * The function that a byte of the file belongs to; of several names the plainest one.
     *
     * @throws ElfException when the file contradicts itself
     */
    public Optional<String> nameAt(long fileOffset) {
        OptionalLong address = file.addressAt(fileOffset);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> name = symbols.nameAt(address.getAsLong());
        return name.isEmpty() && go.isPresent() ? go.get().nameAt(address.getAsLong()) : name;
    }

    @Override
    public void close() {
        file.close();
    }
}
