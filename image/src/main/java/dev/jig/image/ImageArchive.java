// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Images in a file: an uncompressed tar of an OCI layout. Equal images make equal files. */
public final class ImageArchive {
    private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";
    private static final String BLOBS = "blobs/sha256/";
    private static final int READ_ONLY = 0444;
    private static final int READ_WRITE = 0644;
    /** Bytes and entries of an archive; the whole catalogue of this field has some tens of millions and hundreds. */
    private static final long LARGEST_ENTRY = 32L << 20;

    private static final long LARGEST_ARCHIVE = 96L << 20;

    private static final int MOST_ENTRIES = 20_000;

    private final ImageStore store;

    public ImageArchive(ImageStore store) {
        this.store = store;
    }

    /**
     * Writes images into a file.
     *
     * @throws ImageException when one is not in the store or is damaged; the file is then not written
     */
    public void exportTo(Path file, List<ImageName> names) {
        TreeSet<String> digests = new TreeSet<>();
        List<Descriptor> entries = new ArrayList<>();
        for (ImageName name : names) {
            Descriptor entry = store.layout()
                    .find(name)
                    .orElseThrow(() -> new ImageException("resolving image \"" + name + "\": not found"));
            store.layout().mark(entry, digests);
            entries.add(entry);
        }
        entries.sort(Comparator.comparing(Descriptor::digest).thenComparing(Descriptor::refName));
        Map<String, byte[]> files = new TreeMap<>();
        for (String digest : digests) {
            files.put(BLOBS + Digest.hex(digest), store.layout().readBlob(digest));
        }
        files.put("index.json", new ImageIndex(entries, Map.of()).write());
        files.put("oci-layout", LAYOUT.getBytes(StandardCharsets.UTF_8));
        write(file, files);
    }

    private static void write(Path file, Map<String, byte[]> files) {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(temporary);
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                for (Map.Entry<String, byte[]> content : files.entrySet()) {
                    TarArchiveEntry entry = new TarArchiveEntry(content.getKey());
                    entry.setSize(content.getValue().length);
                    entry.setMode(content.getKey().startsWith(BLOBS) ? READ_ONLY : READ_WRITE);
                    entry.setModTime(0);
                    tar.putArchiveEntry(entry);
                    tar.write(content.getValue());
                    tar.closeArchiveEntry();
                }
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            throw new ImageException("writing " + file + ": " + reason(refused), refused);
        }
    }

    /**
     * Reads images from a file into the store. They are not trusted: nobody vouches for them.
     *
     * @return the names of the images, sorted
     * @throws ImageException when the file is no layout or its content does not match its digests; nothing is then
     *     stored
     */
    public List<String> importFrom(Path file) {
        Map<String, byte[]> files = read(file);
        if (!files.containsKey("oci-layout")) {
            throw new ImageException(
                    "loading src bundle: invalid OCI Image Layout: failed to open OCI layout file: open"
                            + " oci-layout: file does not exist");
        }
        byte[] index = Optional.ofNullable(files.get("index.json"))
                .orElseThrow(
                        () -> new ImageException("loading src bundle: invalid OCI Image Index: failed to open index"
                                + " file: open index.json: file does not exist"));
        List<Descriptor> entries =
                ImageIndex.read(index, "index.json of " + file).manifests();
        checkDigests(files);
        List<byte[]> contents = new ArrayList<>();
        files.forEach((name, content) -> {
            if (name.startsWith(BLOBS)) {
                contents.add(content);
            }
        });
        store.add(contents, entries);
        List<String> names = new ArrayList<>();
        for (Descriptor entry : entries) {
            if (!entry.refName().isEmpty() && !entry.refName().endsWith(".sig")) {
                names.add(entry.refName());
            }
        }
        names.sort(null);
        return names;
    }

    private static void checkDigests(Map<String, byte[]> files) {
        files.forEach((name, content) -> {
            if (name.startsWith(BLOBS) && !Digest.of(content).equals("sha256:" + name.substring(BLOBS.length()))) {
                throw new ImageException(
                        "copying to local repository: failed to perform \"Push\" on destination: failed"
                                + " to ingest: mismatched digest: " + name);
            }
        });
    }

    /** The files of an archive by their names; nothing is written anywhere. */
    static Map<String, byte[]> read(Path file) {
        Map<String, byte[]> files = new HashMap<>();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file);
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                if (entry.isFile()) {
                    bytes += checkedSize(entry, bytes);
                    String name = entry.getName();
                    byte[] before = files.put(
                            name.startsWith("./") ? name.substring(2) : name, tar.readNBytes((int) entry.getSize()));
                    if (before != null) {
                        throw new ImageException("loading src bundle: " + file + " holds " + name + " twice");
                    }
                }
                if (files.size() > MOST_ENTRIES) {
                    throw new ImageException("loading src bundle: more than " + MOST_ENTRIES + " files in " + file);
                }
                entry = tar.getNextEntry();
            }
            return files;
        } catch (NoSuchFileException missing) {
            throw new ImageException("loading src bundle: open " + file + ": no such file or directory", missing);
        } catch (IOException | IllegalArgumentException malformed) {
            throw new ImageException(
                    "loading src bundle: archive/tar: invalid tar header: " + malformed.getMessage(), malformed);
        }
    }

    /** The size of what an entry becomes in memory, which may be far more than it has in the file: archives can leave zeros out. */
    private static long checkedSize(TarArchiveEntry entry, long before) {
        long size = Math.max(entry.getSize(), entry.getRealSize());
        if (size > LARGEST_ENTRY || before + size > LARGEST_ARCHIVE) {
            throw new ImageException("loading src bundle: " + entry.getName() + " is too large: " + size
                    + " bytes, more than " + LARGEST_ENTRY + " or, with what stands before it, " + LARGEST_ARCHIVE);
        }
        return size;
    }

    private static String reason(IOException refused) {
        return refused instanceof NoSuchFileException
                ? "no such file or directory"
                : String.valueOf(refused.getMessage());
    }
}
