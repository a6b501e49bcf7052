// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The images that were built on this machine by the owner of the store: a file with a digest a line. */
public final class TrustedDigests {
    private static final String OWNER_ONLY = "rw-------";

    private final Path file;

    private TrustedDigests(Path file) {
        this.file = file;
    }

    /** The digests for a store, kept beside its folder. */
    public static TrustedDigests of(OciLayout layout) {
        Path root = layout.root().toAbsolutePath();
        return new TrustedDigests(root.resolveSibling(root.getFileName() + ".built"));
    }

    /** Whether an image was built here. */
    public boolean contains(String digest) {
        return read().contains(digest);
    }

    /** Notes that an image was built here. */
    public void add(String digest) {
        if (contains(digest)) {
            return;
        }
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            }
            Files.writeString(file, digest + "\n", StandardOpenOption.APPEND);
        } catch (IOException refused) {
            throw new ImageException("noting a built image in " + file + ": " + refused.getMessage(), refused);
        }
    }

    private List<String> read() {
        try {
            return Files.readAllLines(file, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new ImageException("reading " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
