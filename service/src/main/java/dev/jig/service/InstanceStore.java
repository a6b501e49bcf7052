// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Json;
import dev.jig.gadget.Log;
import dev.jig.wire.Api;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Instances on disk, a few files each, named by the id:
 *
 * <pre>
 *   ID.gadget   what was asked for, in upstream's form
 *   ID.jig      when, and which image that meant
 *   ID.info     the gadget's description, by which the packets are to be understood
 *   ID.ring     the last packets
 * </pre>
 *
 * <p>Each file but the ring is replaced in one step and is on disk before a client hears of it.
 */
final class InstanceStore {
    static final String GADGET = ".gadget";
    private static final String STATE = ".jig";
    private static final String INFO = ".info";
    private static final String RING = ".ring";
    private static final List<String> ALL = List.of(GADGET, STATE, INFO, RING);

    private final Path folder;

    /**
     * @param folder made when it is needed
     */
    InstanceStore(Path folder) {
        this.folder = folder;
    }

    /**
     * What we know about an instance beyond what was asked for.
     *
     * @param created milliseconds since 1970
     * @param digest of the image; empty before it was opened
     */
    record State(long created, String digest) {}

    /** An instance as it was found. */
    record Stored(Api.CreateGadgetInstanceRequest request, State state) {}

    /** The stored instances in the order of their creation. What cannot be read is set aside and told. */
    List<Stored> load(Log log) {
        List<Stored> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + GADGET)) {
            for (Path file : files) {
                load(file, log).ifPresent(found::add);
            }
        } catch (IOException unreadable) {
            log.warn("reading stored gadget instances: " + unreadable.getMessage());
        }
        found.sort(Comparator.comparingLong((Stored stored) -> stored.state.created)
                .thenComparing(stored -> stored.request.getGadgetInstance().getId()));
        return found;
    }

    private Optional<Stored> load(Path file, Log log) {
        String name = file.getFileName().toString();
        String id = name.substring(0, name.length() - GADGET.length());
        try {
            Api.CreateGadgetInstanceRequest request = InstanceFile.read(Files.readAllBytes(file), file.toString());
            if (!request.getGadgetInstance().getId().equals(id) || !InstanceNames.isId(id)) {
                throw new ServiceException(file + ": the id inside is \""
                        + request.getGadgetInstance().getId() + "\"");
            }
            return Optional.of(new Stored(request, state(id, file)));
        } catch (GadgetException malformed) {
            setAside(file, Failures.text(malformed), log);
        } catch (IOException unreadable) {
            log.warn("gadget instance is passed over: reading " + file + ": " + unreadable.getMessage());
        }
        return Optional.empty();
    }

    private static void setAside(Path file, String problem, Log log) {
        Path aside = file.resolveSibling(file.getFileName() + ".corrupt");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            log.warn("gadget instance is passed over: " + problem + "; its file is now " + aside);
        } catch (IOException stuck) {
            log.warn("gadget instance is passed over: " + problem);
        }
    }

    /** An instance of upstream's daemon has no state of ours. */
    private State state(String id, Path gadget) throws IOException {
        Path file = path(id, STATE);
        if (Files.exists(file)) {
            try {
                Map<String, Object> tree = Json.readObject(Files.readAllBytes(file), file.toString());
                Object digest = tree.getOrDefault("digest", "");
                return new State(Long.parseLong(String.valueOf(tree.get("created"))), digest.toString());
            } catch (GadgetException | NumberFormatException malformed) {
                // Only the order and the pinned image are lost with it.
                Files.delete(file);
            }
        }
        return new State(Files.getLastModifiedTime(gadget).toMillis(), "");
    }

    /**
     * Stores what was asked for.
     *
     * @throws ServiceException when the disk does not take it; nothing is left then
     */
    void create(Api.CreateGadgetInstanceRequest request, State state) {
        String id = request.getGadgetInstance().getId();
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            writeState(id, state);
            replace(path(id, GADGET), InstanceFile.write(request));
        } catch (IOException failed) {
            ServiceException problem = new ServiceException("storing gadget instance: " + failed, failed);
            discard(id, problem);
            throw problem;
        }
    }

    private void discard(String id, ServiceException problem) {
        try {
            remove(id);
        } catch (ServiceException stuck) {
            problem.addSuppressed(stuck);
        }
    }

    /** Stores what became known since. */
    void update(String id, State state) throws IOException {
        writeState(id, state);
    }

    private void writeState(String id, State state) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("created", state.created);
        tree.put("digest", state.digest);
        replace(path(id, STATE), Json.write(tree));
    }

    /** Whether the description is the one under which the stored packets were taken; afterwards it is. */
    boolean keepsInfo(String id, byte[] info) throws IOException {
        Path file = path(id, INFO);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), info)) {
            return true;
        }
        replace(file, info);
        return false;
    }

    /** The memory for the last packets of an instance, mapped from its file. */
    MemorySegment ring(String id, long size, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path(id, RING), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            reserve(channel, size);
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
        }
    }

    /** A store to a mapped page for which the disk has no room would end the process. */
    private static void reserve(FileChannel channel, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
        long written = channel.size();
        while (written < size) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), size - written));
            written += channel.write(zeros, written);
        }
    }

    /** Removes everything of an instance. */
    void remove(String id) {
        for (String suffix : ALL) {
            try {
                Files.deleteIfExists(path(id, suffix));
            } catch (IOException stuck) {
                throw new ServiceException("removing " + path(id, suffix) + ": " + stuck.getMessage(), stuck);
            }
        }
    }

    private Path path(String id, String suffix) {
        return folder.resolve(id + suffix);
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException failed) {
            Files.deleteIfExists(fresh);
            throw failed;
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
