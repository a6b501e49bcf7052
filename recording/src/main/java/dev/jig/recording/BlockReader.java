// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Reads the blocks of a recording, whole ones only. Each stands for itself, so one that is damaged is passed over; behind a header that is no longer one nothing is
 * found any more.
 */
final class BlockReader implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final ZstdDecompressor decompressor = Compression.decompressor();
    private final List<String> problems = new ArrayList<>();
    private Arena arena = Arena.ofShared();
    private MemorySegment memory = MemorySegment.NULL;
    private long position;
    private int number;
    private boolean ended;
    private long missing;

    BlockReader(Path path) {
        this.path = path;
        try {
            this.channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException refused) {
            throw new RecordingException("reading recording " + path + ": " + FileProblem.text(refused), refused);
        }
    }

    /**
     * The next block that is whole; none at the end.
     *
     * @throws RecordingException when the file is no recording, or cannot be read
     */
    Optional<Block> next() {
        try {
            while (!ended) {
                Optional<Block> block = readOne();
                if (block.isPresent()) {
                    return block;
                }
            }
            return Optional.empty();
        } catch (IOException refused) {
            throw new RecordingException("reading recording " + path + ": " + FileProblem.text(refused), refused);
        }
    }

    private Optional<Block> readOne() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BlockHeader.SIZE);
        readFully(bytes);
        boolean whole = !bytes.hasRemaining();
        if (number == 0) {
            requireRecording(whole, bytes);
        }
        if (!whole || !BlockHeader.isMarked(bytes) || BlockHeader.version(bytes) != BlockHeader.VERSION) {
            end(whole ? "what is there is no block" : bytes.position() == 0 ? "" : "it is cut off");
            return Optional.empty();
        }
        BlockHeader header;
        try {
            header = BlockHeader.read(bytes);
        } catch (RecordingException wrong) {
            end(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
        if (header.compressed() > channel.size() - position - BlockHeader.SIZE) {
            end("it is cut off");
            return Optional.empty();
        }
        return readFrame(header);
    }

    private void requireRecording(boolean whole, ByteBuffer bytes) {
        if (!whole || !BlockHeader.isMarked(bytes)) {
            throw new RecordingException(path + " is not a recording of ig run --record");
        }
        if (BlockHeader.version(bytes) != BlockHeader.VERSION) {
            throw new RecordingException(path + " is a recording of version " + BlockHeader.version(bytes)
                    + "; this program reads version " + BlockHeader.VERSION);
        }
    }

    private Optional<Block> readFrame(BlockHeader header) throws IOException {
        reserve((long) header.compressed() + header.size());
        MemorySegment frame = memory.asSlice(0, header.compressed());
        ByteBuffer bytes = frame.asByteBuffer();
        channel.position(position + BlockHeader.SIZE);
        readFully(bytes);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.flip());
        MemorySegment content = memory.asSlice(header.compressed(), header.size());
        if ((int) checksum.getValue() != header.checksum() || !decompress(frame, content)) {
            problems.add("block " + number + " at byte " + position + " is damaged: its " + header.records()
                    + " records are missing");
            missing += header.records();
            advance(header);
            return Optional.empty();
        }
        advance(header);
        return Optional.of(new Block(header, content));
    }

    private boolean decompress(MemorySegment frame, MemorySegment content) {
        try {
            return decompressor.decompress(frame, content) == content.byteSize();
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return false;
        }
    }

    private void advance(BlockHeader header) {
        position += (long) BlockHeader.SIZE + header.compressed();
        number++;
        if (header.kind() == BlockKind.END) {
            ended = true;
        }
    }

    private void readFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // A read may give less than there is.
        }
    }

    /** The recording stops here without an end. */
    private void end(String why) throws IOException {
        ended = true;
        String rest = why.isEmpty()
                ? ""
                : "; of block " + number + " at byte " + position + ", " + why + ", " + (channel.size() - position)
                        + " bytes are left out";
        problems.add("the recording was not ended in order" + rest);
    }

    private void reserve(long size) {
        if (size > memory.byteSize()) {
            arena.close();
            arena = Arena.ofShared();
            memory = arena.allocate(size, Long.BYTES);
        }
    }

    /** What is missing, a sentence each; complete when the end was reached. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Records that are known to be missing. */
    long missing() {
        return missing;
    }

    /** Blocks so far. */
    int blocks() {
        return number;
    }

    @Override
    public void close() {
        arena.close();
        try {
            channel.close();
        } catch (IOException late) {
            throw new RecordingException("reading recording " + path + ": " + FileProblem.text(late), late);
        }
    }
}
