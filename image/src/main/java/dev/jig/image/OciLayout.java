// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A folder in the OCI image layout, version 1.0.0, with upstream's lock file: several processes may use one.
 *
 * <pre>
 *   oci-layout  index.json  index.json.lock  blobs/sha256/&lt;hex&gt;  ingest/
 * </pre>
 */
public final class OciLayout implements BlobReader {
    private static final byte[] LAYOUT_FILE = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    private final Path root;
    private final boolean trusted;
    private final BlobFolder blobs;

    private OciLayout(Path root, boolean trusted) {
        this.root = root;
        this.trusted = trusted;
        this.blobs = new BlobFolder(root);
    }

    /** A layout that may or may not exist yet. */
    public static OciLayout at(Path root) {
        return new OciLayout(root, false);
    }

    /** A layout that only the program's installer writes: its content is not compared with its digests at each start. */
    public static OciLayout trusted(Path root) {
        return new OciLayout(root, true);
    }

    /** Whether only the program's installer writes it. */
    boolean isTrusted() {
        return trusted;
    }

    /** The folder. */
    public Path root() {
        return root;
    }

    /** Whether the folder holds a layout. */
    public boolean exists() {
        return Files.isRegularFile(root.resolve("index.json"));
    }

    /** The table of contents; empty while the layout does not exist. */
    List<Descriptor> contents() {
        Path file = root.resolve("index.json");
        try {
            return ImageIndex.read(Files.readAllBytes(file), file.toString()).manifests();
        } catch (NoSuchFileException missing) {
            return List.of();
        } catch (IOException unreadable) {
            throw new ImageException("reading " + file + ": " + reason(unreadable), unreadable);
        }
    }

    /** The entry of a name: by tag, or by digest where the name has only that. */
    Optional<Descriptor> find(ImageName name) {
        for (Descriptor entry : contents()) {
            boolean matches = name.tag().isEmpty()
                    ? name.digest().filter(entry.digest()::equals).isPresent()
                    : entry.refName().equals(name.toString());
            if (matches) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    @Override
    public byte[] read(Descriptor descriptor) {
        return readBlob(descriptor.digest());
    }

    /** As {@link #read}, by digest. */
    byte[] readBlob(String digest) {
        return blobs.read(digest, !trusted);
    }

    /** Changes the table of contents while no other process writes. */
    void update(UnaryOperator<List<Descriptor>> change) {
        update(List.of(), change);
    }

    /**
     * Stores contents that are not there yet and changes the table of contents, while no other process writes: all of it, or
     * nothing when something fails.
     */
    void update(Collection<byte[]> contents, UnaryOperator<List<Descriptor>> change) {
        locked(() -> {
            List<String> added = new ArrayList<>();
            try {
                for (byte[] content : contents) {
                    String digest = Digest.of(content);
                    if (!blobs.contains(digest)) {
                        added.add(digest);
                        blobs.write(digest, content);
                    }
                }
                replaceIndex(change.apply(contents()));
            } catch (IOException | RuntimeException failure) {
                for (String digest : added) {
                    blobs.delete(digest);
                }
                throw failure;
            }
        });
    }

    /** Changes the table of contents, then deletes the contents that it no longer leads to, while no other process writes. */
    void updateAndCollect(UnaryOperator<List<Descriptor>> change) {
        locked(() -> {
            replaceIndex(change.apply(contents()));
            Set<String> reachable = new HashSet<>();
            for (Descriptor entry : contents()) {
                mark(entry, reachable);
            }
            blobs.retain(reachable);
        });
    }

    /** What is done with the files. */
    private interface Step {
        void run() throws IOException;
    }

    private void locked(Step step) {
        try {
            createFolder();
            Path lockFile = root.resolve("index.json.lock");
            if (!Files.exists(lockFile)) {
                create(lockFile);
            }
            try (StoreLock lock = StoreLock.exclusive(lockFile)) {
                // Only who holds the lock may make this file: an empty table of contents must not replace another's.
                if (!Files.exists(root.resolve("oci-layout"))) {
                    replace(root.resolve("oci-layout"), LAYOUT_FILE);
                }
                step.run();
            }
        } catch (IOException refused) {
            throw new ImageException("updating " + root + ": " + reason(refused), refused);
        }
    }

    private static void create(Path lockFile) throws IOException {
        try {
            Files.createFile(lockFile, mode("rw-------"));
        } catch (FileAlreadyExistsException another) {
            // Another process was faster: that file is the one to lock.
            assert Files.exists(lockFile) : another;
        }
    }

    private void replaceIndex(List<Descriptor> entries) throws IOException {
        replace(root.resolve("index.json"), new ImageIndex(entries, Map.of()).write());
    }

    private void createFolder() throws IOException {
        for (Path folder : List.of(root.toAbsolutePath().getParent(), root)) {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, mode("rwx------"));
            }
        }
    }

    private void replace(Path file, byte[] content) throws IOException {
        Path temporary = Files.createTempFile(root, file.getFileName() + ".", ".new", mode("rw-r--r--"));
        try {
            Files.write(temporary, content);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Digests that a descriptor leads to, itself included. */
    void mark(Descriptor descriptor, Set<String> reachable) {
        if (!reachable.add(descriptor.digest()) || !blobs.contains(descriptor.digest())) {
            return;
        }
        for (Descriptor next : references(descriptor)) {
            mark(next, reachable);
        }
    }

    private List<Descriptor> references(Descriptor descriptor) {
        return switch (descriptor.mediaType()) {
            case MediaType.INDEX ->
                ImageIndex.read(read(descriptor), descriptor.digest()).manifests();
            case MediaType.MANIFEST -> {
                Manifest manifest = Manifest.read(read(descriptor), descriptor.digest());
                List<Descriptor> all = new ArrayList<>(manifest.layers());
                all.add(manifest.config());
                yield all;
            }
            default -> List.of();
        };
    }

    static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** What went wrong, in words that name the file where the system does. */
    static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
