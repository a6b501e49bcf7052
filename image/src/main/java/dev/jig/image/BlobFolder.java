// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** The contents of a layout, as files named by their digests. */
final class BlobFolder {
    /** Bytes; the largest known layer, a Wasm module, has a few million. */
    private static final long LARGEST_BLOB = 256L << 20;

    private final Path root;
    private final Path blobs;

    BlobFolder(Path root) {
        this.root = root;
        this.blobs = root.resolve("blobs").resolve("sha256");
    }

    private Path file(String digest) {
        return blobs.resolve(Digest.hex(digest));
    }

    boolean contains(String digest) {
        return Files.exists(file(digest));
    }

    /**
     * Reads content.
     *
     * @throws ImageException when it is missing, too large or, if compared, not that of its digest
     */
    byte[] read(String digest, boolean compared) {
        Path file = file(digest);
        try {
            long size = Files.size(file);
            if (size > LARGEST_BLOB) {
                throw new ImageException(digest + " in " + root + " is too large: " + size + " bytes");
            }
            byte[] content = Files.readAllBytes(file);
            if (compared && !Digest.of(content).equals(digest)) {
                throw new ImageException(digest + " in " + root + " is damaged: mismatched digest");
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw new ImageException(digest + " is missing in " + root, missing);
        } catch (IOException unreadable) {
            throw new ImageException("reading " + file + ": " + OciLayout.reason(unreadable), unreadable);
        }
    }

    /** Stores content that is not there yet. */
    void write(String digest, byte[] content) throws IOException {
        Files.createDirectories(blobs, OciLayout.mode("rwxr-xr-x"));
        Path ingest = Files.createDirectories(root.resolve("ingest"), OciLayout.mode("rwxr-xr-x"));
        Path temporary = Files.createTempFile(ingest, Digest.hex(digest) + "_", "", OciLayout.mode("rw-r--r--"));
        try {
            Files.write(temporary, content);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r--r--r--"));
            Files.move(temporary, file(digest), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void delete(String digest) throws IOException {
        Files.deleteIfExists(file(digest));
    }

    /** Deletes all content but that of these digests. */
    void retain(Set<String> digests) throws IOException {
        if (!Files.isDirectory(blobs)) {
            return;
        }
        try (Stream<Path> files = Files.list(blobs)) {
            for (Path file : files.toList()) {
                if (!digests.contains("sha256:" + file.getFileName())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
