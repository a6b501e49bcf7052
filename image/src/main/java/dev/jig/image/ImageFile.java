// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images that lie outside the store: a folder in the OCI layout, an archive of one, or a single object file. Nothing is unpacked or copied. */
public final class ImageFile {
    private static final long LARGEST_OBJECT = 64L << 20;
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final ImageName NAMELESS = new ImageName("localhost/file", "latest", Optional.empty());

    private final Path path;
    private final Optional<String> wanted;
    private final String architecture;

    private ImageFile(Path path, Optional<String> wanted, String architecture) {
        this.path = path;
        this.wanted = wanted;
        this.architecture = architecture;
    }

    /** Whether what a user typed is the path of a file, not the name of an image: it starts with {@code /} or {@code .}, or ends with {@code .o} or {@code .tar}. */
    public static boolean isPath(String typed) {
        String path = pathOf(typed);
        return path.startsWith("/") || path.startsWith(".") || path.endsWith(".o") || path.endsWith(".tar");
    }

    private static String pathOf(String typed) {
        int hash = typed.lastIndexOf('#');
        return hash < 0 ? typed : typed.substring(0, hash);
    }

    /**
     * Opens the image of a file.
     *
     * @param typed a path; where it holds several images, followed by {@code #} and the name of one
     * @param architecture whose part is wanted, in OCI names
     * @throws ImageException when there is no such file, or it is no image
     */
    public static GadgetImage open(String typed, String architecture) {
        String path = pathOf(requireNonNull(typed, "typed is null"));
        Optional<String> wanted =
                path.length() == typed.length() ? Optional.empty() : Optional.of(typed.substring(path.length() + 1));
        return new ImageFile(Path.of(path), wanted, architecture).open();
    }

    private GadgetImage open() {
        if (Files.isDirectory(path)) {
            OciLayout layout = OciLayout.at(path);
            if (!layout.exists()) {
                throw new ImageException(path + " is no image: it has no index.json");
            }
            return choose(layout, layout.contents());
        }
        return isObject() ? object() : archive();
    }

    private boolean isObject() {
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(ELF.length), ELF);
        } catch (IOException unreadable) {
            throw new ImageException("open " + path + ": " + OciLayout.reason(unreadable), unreadable);
        }
    }

    private GadgetImage object() {
        try {
            if (Files.size(path) > LARGEST_OBJECT) {
                throw new ImageException(path + " is too large: " + Files.size(path) + " bytes");
            }
            byte[] object = Files.readAllBytes(path);
            Descriptor layer = Descriptor.of(MediaType.EBPF, object);
            Descriptor config = Descriptor.of(MediaType.METADATA, new byte[0]);
            return new GadgetImage(
                    asked -> asked.digest().equals(layer.digest()) ? object : new byte[0],
                    NAMELESS,
                    "",
                    new Manifest(config, List.of(layer), Map.of()));
        } catch (IOException unreadable) {
            throw new ImageException("open " + path + ": " + OciLayout.reason(unreadable), unreadable);
        }
    }

    private GadgetImage archive() {
        Map<String, byte[]> files = ImageArchive.read(path);
        byte[] index = files.get("index.json");
        if (index == null) {
            throw new ImageException(path + " is no image: it has no index.json");
        }
        List<Descriptor> entries =
                ImageIndex.read(index, "index.json of " + path).manifests();
        return choose(descriptor -> blob(files, descriptor), entries);
    }

    private byte[] blob(Map<String, byte[]> files, Descriptor descriptor) {
        byte[] content = files.get("blobs/sha256/" + Digest.hex(descriptor.digest()));
        if (content == null) {
            throw new ImageException(descriptor.digest() + " is missing in " + path);
        }
        if (!Digest.of(content).equals(descriptor.digest())) {
            throw new ImageException(descriptor.digest() + " in " + path + " is damaged: mismatched digest");
        }
        return content;
    }

    private GadgetImage choose(BlobReader content, List<Descriptor> entries) {
        List<Descriptor> possible = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Descriptor entry : entries) {
            boolean fits = wanted.isEmpty() || entry.refName().equals(fullName(wanted.get()));
            if (entry.mediaType().equals(MediaType.INDEX) && fits) {
                possible.add(entry);
                names.add(entry.refName());
            }
        }
        if (possible.isEmpty()) {
            throw new ImageException(path + " holds no image"
                    + wanted.map(name -> " \"" + fullName(name) + "\"").orElse(""));
        }
        if (possible.size() > 1) {
            throw new ImageException(path + " holds " + possible.size() + " images, choose one by a name behind the"
                    + " path, as in " + path + "#" + names.getFirst());
        }
        Descriptor entry = possible.getFirst();
        ImageName name = entry.refName().isEmpty() ? NAMELESS : ImageName.parse(entry.refName());
        return ImageStore.open(content, name, entry, architecture);
    }

    private static String fullName(String typed) {
        return ImageName.parse(typed).toString();
    }
}
