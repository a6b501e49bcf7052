// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.bytes.Failure;
import dev.jig.bpf.elf.ElfException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The parts of a file that somebody else may change at any time: they are copied, never mapped, as a file that shrinks would end this process.
 */
interface FileContents extends AutoCloseable {
    /** The file's name, for messages. */
    String name();

    /** Bytes of the whole file. */
    long size();

    /** A copy of a part, which the caller has checked to be inside. */
    byte[] read(long offset, int length);

    @Override
    void close();

    /** What a reader of these contents says when they make no sense. */
    Failure FAILURE = new Failure() {
        @Override
        public ElfException because(String message) {
            return new ElfException(message);
        }
    };

    /**
     * A part of the file, of at most {@code limit} bytes.
     *
     * @throws ElfException when the part is not inside the file or larger
     */
    default ByteView part(String what, long offset, long length, int limit, ByteOrder order) {
        String title = name() + ": " + what;
        if (offset < 0 || length < 0 || offset > size() || length > size() - offset) {
            throw new ElfException(title + ": offset " + Long.toUnsignedString(offset) + " and length "
                    + Long.toUnsignedString(length) + " exceed the " + size() + " bytes of the file");
        }
        if (length > limit) {
            throw new ElfException(title + ": " + length + " bytes, more than " + limit);
        }
        return ByteView.of(title, read(offset, (int) length), order, FAILURE);
    }

    /** Contents that are in memory already. */
    static FileContents of(String name, byte[] bytes) {
        return new FileContents() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public byte[] read(long offset, int length) {
                return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
            }

            @Override
            public void close() {}
        };
    }

    /**
     * Opens a regular file; others, such as pipes, could block.
     *
     * @throws ElfException when there is none or it cannot be read
     */
    static FileContents open(Path file) {
        if (!Files.exists(file)) {
            throw new ElfException("there is no file " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new ElfException(file + " is not a regular file");
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new OpenFile(file, channel, channel.size());
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    private static ElfException unreadable(Path file, IOException cause) {
        return new ElfException("cannot read " + file + ": " + cause.getMessage(), cause);
    }

    /** A file on disk. */
    record OpenFile(Path file, FileChannel channel, long size) implements FileContents {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public byte[] read(long offset, int length) {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            try {
                int read = 0;
                while (read >= 0 && buffer.hasRemaining()) {
                    read = channel.read(buffer, offset + buffer.position());
                }
            } catch (IOException unreadable) {
                throw unreadable(file, unreadable);
            }
            if (buffer.hasRemaining()) {
                throw new ElfException(file + " became shorter while it was read");
            }
            return buffer.array();
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException failure) {
                throw unreadable(file, failure);
            }
        }
    }
}
