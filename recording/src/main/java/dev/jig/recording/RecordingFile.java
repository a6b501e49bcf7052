// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.Utf8Buffer;
import io.airlift.compress.v3.zstd.ZstdCompressor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;

/** A recording that is written, block by block. A block that cannot be written as a whole is taken back. Not thread-safe. */
final class RecordingFile implements AutoCloseable {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private static final int MOST_OF_A_NAME = 10_000;

    private final Path path;
    private final FileChannel channel;
    private final boolean made;
    private long limit = Long.MAX_VALUE;
    private final ZstdCompressor compressor = Compression.compressor();
    private Arena arena = Arena.ofShared();
    private MemorySegment compressed = MemorySegment.NULL;
    private long position;
    private int number;

    private RecordingFile(Path path, FileChannel channel, boolean made) {
        this.path = path;
        this.channel = channel;
        this.made = made;
    }

    /**
     * Makes the file, which only its owner may read.
     *
     * @param overwrite whether a file that is there already is emptied instead of refused
     */
    static RecordingFile create(Path path, boolean overwrite) {
        try {
            if (overwrite && Files.exists(path)) {
                return new RecordingFile(
                        path,
                        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                        false);
            }
            return new RecordingFile(
                    path,
                    FileChannel.open(
                            path,
                            NEW,
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                    true);
        } catch (FileAlreadyExistsException exists) {
            throw new RecordingException(
                    "recording " + path + ": the file exists already (--record-overwrite replaces it)", exists);
        } catch (IOException | UnsupportedOperationException refused) {
            throw new RecordingException("recording " + path + ": " + FileProblem.text(refused), refused);
        }
    }

    /**
     * Makes a file in a folder, beside those of the same name that are there already: the second of the name {@code x.jig} is {@code x.jig.2}.
     *
     * @param limit bytes that the file may have
     */
    static RecordingFile createIn(Path folder, String name, long limit) {
        for (int i = 1; ; i++) {
            Path path = folder.resolve(i == 1 ? name : name + "." + i);
            if (i == MOST_OF_A_NAME || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                RecordingFile file = create(path, false);
                file.limit = limit;
                return file;
            }
        }
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    /**
     * Writes a block.
     *
     * @throws RecordingException when it cannot be written; the file ends with the block before
     */
    void write(BlockKind kind, Utf8Buffer content, int records) {
        int size = Math.toIntExact(content.length());
        reserve(compressor.maxCompressedLength(size));
        int length = compressor.compress(content.segment(), compressed);
        ByteBuffer frame = compressed.asSlice(0, length).asByteBuffer();
        CRC32C checksum = new CRC32C();
        checksum.update(frame.duplicate());
        BlockHeader header = new BlockHeader(kind, number, length, size, records, (int) checksum.getValue());
        if (kind == BlockKind.EVENTS && position + BlockHeader.SIZE + length > limit) {
            throw new RecordingException("recording " + path + ": the limit of " + limit
                    + " bytes is reached; what was recorded before is readable");
        }
        write(header.toBytes(), frame);
        number++;
    }

    private void write(ByteBuffer header, ByteBuffer frame) {
        try {
            ByteBuffer[] parts = {header, frame};
            while (frame.hasRemaining()) {
                channel.write(parts);
            }
            position = channel.position();
        } catch (IOException refused) {
            takeBack();
            throw new RecordingException(
                    "recording " + path + ": " + FileProblem.text(refused) + "; what was recorded before is readable",
                    refused);
        }
    }

    private void takeBack() {
        try {
            channel.truncate(position);
        } catch (IOException alsoRefused) {
            // A reader sees that the last block is cut.
            return;
        }
    }

    private void reserve(int size) {
        if (size > compressed.byteSize()) {
            arena.close();
            arena = Arena.ofShared();
            compressed = arena.allocate(size);
        }
    }

    /** A file that was made for nothing vanishes again. */
    @Override
    public void close() {
        arena.close();
        try {
            channel.close();
            if (made && number == 0) {
                Files.deleteIfExists(path);
            }
        } catch (IOException late) {
            throw new RecordingException("recording " + path + ": " + FileProblem.text(late), late);
        }
    }
}
