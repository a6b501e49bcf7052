// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.bytes.ByteView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.jspecify.annotations.Nullable;

/** The types of the running kernel: its own, and those of modules, which are read only when somebody asks. */
public final class KernelBtf {
    /** Where the kernel shows its types. */
    public static final Path DIRECTORY = Path.of("/sys/kernel/btf");

    private static final Path NOTES = Path.of("/sys/kernel/notes");
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
        return open(DIRECTORY, NOTES, requireNonNull(cache, "cache"));
    }

    /** Opens types that another kernel showed in such a directory, for instance in a copy of {@code /sys/kernel/btf} of another machine. */
    public static KernelBtf in(Path directory) {
        return open(directory, directory.resolve("notes"), Optional.empty());
    }

    static KernelBtf open(Path directory, Path notes, Optional<Path> cache) {
        Path file = directory.resolve(KERNEL);
        if (!Files.exists(file)) {
            throw new BtfException(
                    "no " + file + ", by which programs are fitted to the kernel: it needs to be built with"
                            + " CONFIG_DEBUG_INFO_BTF (in a container, the host's /sys/kernel/btf must be visible)");
        }
        ByteBuffer bytes = MappedFile.open(file).order(ByteOrder.nativeOrder());
        ByteView view = ByteView.of(KERNEL, bytes, BtfHeader.FAILURE);
        IndexCache index = cache.isPresent() ? indexCache(cache.get(), notes) : null;
        return new KernelBtf(directory, index == null ? Btf.parse(view) : cached(view, index));
    }

    private static @Nullable IndexCache indexCache(Path directory, Path notes) {
        try {
            Optional<byte[]> buildId = BuildId.find(Files.readAllBytes(notes));
            return buildId.isPresent() ? new IndexCache(directory, buildId.get()) : null;
        } catch (IOException e) {
            // Without a build id nothing says which kernel an index is for.
            return null;
        }
    }

    private static Btf cached(ByteView view, IndexCache cache) {
        Optional<IndexFile.Tables> tables = cache.load(view.size());
        if (tables.isPresent()) {
            return Btf.indexed(view, tables.get().offsets(), tables.get().names());
        }
        Btf btf = Btf.parse(view);
        cache.store(btf, view.size());
        return btf;
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
