// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code build.yaml} says: which files of a gadget's folder make the image.
 *
 * @param folder of the gadget
 * @param source C source of the eBPF programs
 * @param metadata the gadget's metadata
 * @param wasm a compiled Wasm module
 */
public record BuildDescription(Path folder, Optional<Path> source, Optional<Path> metadata, Optional<Path> wasm) {
    private static final String DEFAULT_FILE = "build.yaml";

    /**
     * Reads the description of a folder.
     *
     * @param file given by the user, relative to the current folder; otherwise {@code build.yaml} in the folder, which
     *     may be missing
     * @throws ImageException when a named file is missing or nothing is there to build
     */
    public static BuildDescription read(Path folder, Optional<Path> file) {
        if (!Files.isDirectory(folder)) {
            throw new ImageException("changing directory: chdir " + folder + ": no such file or directory");
        }
        Configuration build = configuration(file.orElse(folder.resolve(DEFAULT_FILE)), file.isPresent());
        BuildDescription description = new BuildDescription(
                folder.toAbsolutePath().normalize(),
                source(folder, build),
                existing(folder, build.text("metadata").orElse("gadget.yaml")),
                wasm(folder, build));
        if (description.source.isEmpty() && description.metadata.isEmpty() && description.wasm.isEmpty()) {
            throw new ImageException("at least one of ebpf source (program.bpf.c), metadata (gadget.yaml), .go files"
                    + " (present in go folder) or wasm module is required");
        }
        return description;
    }

    private static Configuration configuration(Path file, boolean required) {
        try {
            return Configuration.parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException missing) {
            if (required) {
                throw new ImageException("reading build file: open " + file + ": no such file or directory", missing);
            }
            return Configuration.empty();
        } catch (IOException unreadable) {
            throw new ImageException("reading build file: " + unreadable.getMessage(), unreadable);
        }
    }

    private static Optional<Path> source(Path folder, Configuration build) {
        Optional<String> named = build.text("ebpfsource");
        Optional<Path> file = existing(folder, checked(named.orElse("program.bpf.c")));
        if (named.isPresent() && file.isEmpty()) {
            throw new ImageException("source file \"" + named.get() + "\" not found");
        }
        return file;
    }

    private static Optional<Path> wasm(Path folder, Configuration build) {
        Optional<String> named = build.text("wasm");
        if (named.isEmpty()) {
            return Optional.empty();
        }
        String name = checked(named.get());
        if (!name.endsWith(".wasm")) {
            throw new ImageException(
                    name.endsWith(".go") || name.endsWith(".rs")
                            ? "building Wasm modules from source is not supported: compile \"" + name
                                    + "\" and name the .wasm file"
                            : "unsupported wasm file type: " + name);
        }
        return Optional.of(existing(folder, name)
                .orElseThrow(() -> new ImageException("open " + name + ": no such file or directory")));
    }

    /** A name that a compiler would take for an option or a response file is refused. */
    private static String checked(String name) {
        if (name.strip().startsWith("-")) {
            throw new ImageException("flags are not accepted: \"" + name + "\"");
        }
        if (name.strip().startsWith("@")) {
            throw new ImageException("response file are not accepted: \"" + name + "\"");
        }
        return name;
    }

    private static Optional<Path> existing(Path folder, String name) {
        Path file = folder.toAbsolutePath().normalize().resolve(name);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }
}
