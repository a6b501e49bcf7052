// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A folder in the OCI image layout, version 1.0.0, with upstream's lock file: several processes may use one.
 *
 * <pre>
 *   oci-layout  index.json  index.json.lock  blobs/sha256/&lt;hex&gt;  ingest/
 * </pre>
 */
public final class OciLayout {
    private static final byte[] LAYOUT_FILE =
            "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    /** Bytes; the largest known layer, a Wasm module, has a few million. */
    private static final long LARGEST_BLOB = 256L << 20;

    private static final int MOST_ATTEMPTS = 1000;
    private static final int PAUSE_MILLISECONDS = 10;

    private final Path root;
    private final boolean trusted;

    private OciLayout(Path root, boolean trusted) {
        this.root = root;
        this.trusted = trusted;
    }

    /** A layout that may or may not exist yet. */
    public static OciLayout at(Path root) {
        return new OciLayout(root, false);
    }

    /** A layout that only the program's installer writes: its content is not compared with its digests at each start. */
    public static OciLayout trusted(Path root) {
        return new OciLayout(root, true);
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
            throw failure("reading " + file, unreadable);
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

    /**
     * Reads content and compares it with its digest, unless the layout is trusted.
     *
     * @throws ImageException when it is missing, damaged or too large
     */
    byte[] read(Descriptor descriptor) {
        return readBlob(descriptor.digest());
    }

    /** As {@link #read}, by digest. */
    byte[] readBlob(String digest) {
        Path file = blob(digest);
        try {
            long size = Files.size(file);
            if (size > LARGEST_BLOB) {
                throw new ImageException(digest + " in " + root + " is too large: " + size + " bytes");
            }
            byte[] content = Files.readAllBytes(file);
            if (!trusted && !Digest.of(content).equals(digest)) {
                throw new ImageException(digest + " in " + root + " is damaged: mismatched digest");
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw new ImageException(digest + " is missing in " + root, missing);
        } catch (IOException unreadable) {
            throw failure("reading " + file, unreadable);
        }
    }

    /** Stores content under its digest, unless it is there already. */
    void write(byte[] content) {
        Path target = blob(Digest.of(content));
        if (Files.exists(target)) {
            return;
        }
        try {
            createFolder();
            Files.createDirectories(target.getParent(), mode("rwxr-xr-x"));
            Path ingest = Files.createDirectories(root.resolve("ingest"), mode("rwxr-xr-x"));
            Path temporary = Files.createTempFile(ingest, target.getFileName() + "_", "", mode("r--r--r--"));
            try {
                writeFile(temporary, content);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException refused) {
            throw failure("storing " + target.getFileName(), refused);
        }
    }

    private static void writeFile(Path file, byte[] content) throws IOException {
        // The file is read-only for everybody from the start; root and the open handle may write all the same.
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    }

    /** Changes the table of contents while no other process does. */
    void update(UnaryOperator<List<Descriptor>> change) {
        try {
            createFolder();
            Path lockFile = root.resolve("index.json.lock");
            try (FileChannel channel = FileChannel.open(
                            lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), mode("rw-------"));
                    FileLock lock = lock(channel)) {
                // Only who holds the lock may make these files: an empty table of contents must not replace another's.
                if (!Files.exists(root.resolve("oci-layout"))) {
                    replace(root.resolve("oci-layout"), LAYOUT_FILE);
                }
                List<Descriptor> changed = change.apply(contents());
                replace(root.resolve("index.json"), new ImageIndex(changed, Map.of()).write());
                if (!lock.isValid()) {
                    throw new IOException("the lock on " + lockFile + " was lost");
                }
            }
        } catch (IOException refused) {
            throw failure("updating " + root.resolve("index.json"), refused);
        }
    }

    /** Waits for other processes, and for other threads of this one, for which the JDK does not wait. */
    private static FileLock lock(FileChannel channel) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException heldByThisProcess) {
                if (attempt == MOST_ATTEMPTS) {
                    throw new IOException("retry limit exceeded", heldByThisProcess);
                }
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another thread");
        }
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

    /** Deletes content that no entry of the table of contents leads to. */
    void collectGarbage() {
        Set<String> reachable = new HashSet<>();
        for (Descriptor entry : contents()) {
            mark(entry, reachable);
        }
        Path folder = root.resolve("blobs").resolve("sha256");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!reachable.contains("sha256:" + file.getFileName())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException refused) {
            throw failure("removing unused content of " + root, refused);
        }
    }

    /** Digests that a descriptor leads to, itself included. */
    void mark(Descriptor descriptor, Set<String> reachable) {
        if (!reachable.add(descriptor.digest()) || !Files.exists(blob(descriptor.digest()))) {
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

    private Path blob(String digest) {
        return root.resolve("blobs").resolve("sha256").resolve(Digest.hex(digest));
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static ImageException failure(String action, IOException cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new ImageException(action + ": " + reason, cause);
    }
}
