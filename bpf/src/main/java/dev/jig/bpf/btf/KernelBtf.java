// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The types of the running kernel: its own, and those of modules, which are read only when somebody asks. */
public final class KernelBtf {
    /** Where the kernel shows its types. */
    public static final Path DIRECTORY = Path.of("/sys/kernel/btf");

    private static final String KERNEL = "vmlinux";
    private static final int MAXIMUM_MODULES = 4096;

    private final Path directory;
    private final Btf kernel;
    private final Map<String, Btf> modules = new HashMap<>();

    /** Where a type was found. */
    public record Location(Optional<String> module, Btf btf, int type) {}

    private KernelBtf(Path directory, Btf kernel) {
        this.directory = directory;
        this.kernel = kernel;
    }

    /**
     * Opens the running kernel's types.
     *
     * @param cache directory for an index that makes this fast from the second time on; it is used only if nobody else can write there
     */
    public static KernelBtf open(Optional<Path> cache) {
        return open(DIRECTORY, cache);
    }

    static KernelBtf open(Path directory, Optional<Path> cache) {
        requireNonNull(cache, "cache");
        Path file = directory.resolve(KERNEL);
        if (!Files.exists(file)) {
            throw new BtfException("no " + file + ": this kernel was built without CONFIG_DEBUG_INFO_BTF");
        }
        return new KernelBtf(directory, Btf.parse(KERNEL, read(file)));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BtfException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The types of the kernel itself. */
    public Btf kernel() {
        return kernel;
    }

    /** Names of the modules that have types, sorted. */
    public List<String> moduleNames() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals(KERNEL) && names.size() < MAXIMUM_MODULES) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            throw new BtfException("cannot list " + directory + ": " + e.getMessage(), e);
        }
        Collections.sort(names);
        return names;
    }

    /** The types of a module, which continue those of the kernel. */
    public synchronized Btf module(String name) {
        Btf known = modules.get(name);
        if (known == null) {
            known = Btf.parseSplit(name, read(directory.resolve(name)), kernel);
            modules.put(name, known);
        }
        return known;
    }

    /** The types of all modules that have any; modules that went away meanwhile are left out. */
    public List<Btf> modules() {
        List<Btf> all = new ArrayList<>();
        for (String name : moduleNames()) {
            if (Files.exists(directory.resolve(name))) {
                all.add(module(name));
            }
        }
        return all;
    }

    /** Id of a type of the kernel itself. */
    public OptionalInt find(String name, BtfKind kind) {
        return kernel.find(name, kind);
    }

    /** A type of the kernel or, if it has none of that name and kind, of a module. */
    public Optional<Location> findAnywhere(String name, BtfKind kind) {
        OptionalInt own = kernel.find(name, kind);
        if (own.isPresent()) {
            return Optional.of(new Location(Optional.empty(), kernel, own.getAsInt()));
        }
        for (String module : moduleNames()) {
            Btf btf = module(module);
            OptionalInt found = btf.find(name, kind);
            if (found.isPresent()) {
                return Optional.of(new Location(Optional.of(module), btf, found.getAsInt()));
            }
        }
        return Optional.empty();
    }
}
