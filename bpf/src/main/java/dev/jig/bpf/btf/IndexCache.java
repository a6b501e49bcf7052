// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A directory of stored indexes. An index is trusted only if this user alone could have written it; whoever can make another's process believe in wrong
 * types could make it load wrong programs.
 */
final class IndexCache {
    private static final int GROUP_AND_WORLD_WRITE = 0022;

    private final Path directory;
    private final byte[] buildId;

    IndexCache(Path directory, byte[] buildId) {
        this.directory = directory;
        this.buildId = buildId;
    }

    private Path file() {
        return directory.resolve("btf-" + HexFormat.of().formatHex(buildId) + ".index");
    }

    /** The tables for the BTF of that size, if there is a trustworthy and undamaged file with them. */
    Optional<IndexFile.Tables> load(int btfSize) {
        try {
            Path file = file();
            if (!Files.exists(file, NOFOLLOW_LINKS) || !isOurs(directory) || !isOurs(file)) {
                return Optional.empty();
            }
            return IndexFile.decode(MappedFile.open(file), buildId, btfSize);
        } catch (IOException | BtfException e) {
            // A cache is never a reason to fail: the index is made anew.
            return Optional.empty();
        }
    }

    /** Stores an index for later; false if that is not possible here, which does no harm. */
    boolean store(Btf btf, int btfSize) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!isOurs(directory)) {
                return false;
            }
            Path temporary = Files.createTempFile(directory, "btf-", ".tmp");
            try {
                write(temporary, IndexFile.encode(btf, buildId, btfSize));
                Files.move(temporary, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void write(Path file, ByteBuffer contents) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (contents.hasRemaining()) {
                channel.write(contents);
            }
        }
    }

    private static boolean isOurs(Path path) throws IOException {
        Object owner = Files.getAttribute(path, "unix:uid", NOFOLLOW_LINKS);
        Object mode = Files.getAttribute(path, "unix:mode", NOFOLLOW_LINKS);
        boolean ours = owner.equals(Files.getAttribute(Path.of("/proc/self/"), "unix:uid"));
        return ours && mode instanceof Integer bits && (bits & GROUP_AND_WORLD_WRITE) == 0;
    }
}
