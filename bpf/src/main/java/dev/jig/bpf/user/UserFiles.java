// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.BpfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds programs and libraries of this machine by their names: in the cache of glibc's dynamic linker, where there is none in the folders that musl's looks into,
 * else on the search path.
 */
public final class UserFiles {
    private static final Path CACHE = Path.of("/etc/ld.so.cache");

    private final Path cache;
    private final Path root;
    private final String searchPath;

    /**
     * @param cache the dynamic linker's list of libraries; it need not exist
     * @param root below which musl's folders of libraries are, and their list
     * @param searchPath folders of programs with colons between them
     */
    public UserFiles(Path cache, Path root, String searchPath) {
        this.cache = requireNonNull(cache, "cache");
        this.root = requireNonNull(root, "root");
        this.searchPath = requireNonNull(searchPath, "searchPath");
    }

    /** As this process sees them. */
    public static UserFiles ofThisProcess() {
        return new UserFiles(
                CACHE, Path.of("/"), Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"));
    }

    /**
     * The files that a target may mean, each one once.
     *
     * @throws BpfException when there is none
     */
    public List<Path> find(UserTarget target) {
        List<Path> found = new ArrayList<>();
        if (target.isPath()) {
            found.add(Path.of(target.file()));
            return found;
        }
        if (Files.isRegularFile(cache)) {
            try (FileContents contents = FileContents.open(cache)) {
                for (String path : LibraryCache.read(contents).find(target.file())) {
                    addOnce(found, Path.of(path));
                }
            }
        } else {
            MuslLibraries.find(root, target.file()).forEach(path -> addOnce(found, path));
        }
        for (String folder : found.isEmpty() ? searchPath.split(":", -1) : new String[0]) {
            Path program = Path.of(folder, target.file());
            if (found.isEmpty()
                    && folder.startsWith("/")
                    && Files.isExecutable(program)
                    && Files.isRegularFile(program)) {
                addOnce(found, program);
            }
        }
        if (found.isEmpty()) {
            throw new BpfException("there is neither a library " + target.file() + ".so in " + cache + " nor a program "
                    + target.file() + " in PATH");
        }
        return found;
    }

    /** Several names may lead to one file, which is to be probed once. */
    private static void addOnce(List<Path> found, Path path) {
        try {
            Path real = path.toRealPath();
            if (!found.contains(real)) {
                found.add(real);
            }
        } catch (IOException gone) {
            // The list is older than what became of the file.
            return;
        }
    }
}
