// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.GadgetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The gadget images of a layout, by their names. */
public final class ImageStore {
    private static final String CREATED = "org.opencontainers.image.created";

    private final OciLayout layout;
    private final String architecture;

    /**
     * @param architecture whose manifests are looked at, in OCI names
     */
    public ImageStore(OciLayout layout, String architecture) {
        this.layout = layout;
        this.architecture = architecture;
    }

    /**
     * An image as lists show it.
     *
     * @param name its full name
     * @param digest of its index
     * @param created RFC 3339 text, empty when the image does not say
     */
    public record Listed(ImageName name, String digest, String created) {}

    /** The folder that the images are in. */
    public OciLayout layout() {
        return layout;
    }

    /**
     * Opens an image.
     *
     * @return nothing when the store has no image of that name
     * @throws ImageException when it has no part for this architecture or is damaged
     */
    public Optional<GadgetImage> open(ImageName name) {
        return layout.find(name).map(entry -> openEntry(name, entry));
    }

    /**
     * Opens an image that was of a name once, by its digest.
     *
     * @return nothing when the store has no image of that digest
     */
    public Optional<GadgetImage> open(ImageName name, String digest) {
        for (Descriptor entry : layout.contents()) {
            if (entry.digest().equals(digest)) {
                return Optional.of(openEntry(name, entry));
            }
        }
        return Optional.empty();
    }

    private GadgetImage openEntry(ImageName name, Descriptor entry) {
        return open(layout, name, entry, architecture);
    }

    /** The image that an entry of a table of contents leads to. */
    static GadgetImage open(BlobReader content, ImageName name, Descriptor entry, String architecture) {
        if (!entry.mediaType().equals(MediaType.INDEX)) {
            throw new ImageException("image \"" + name + "\" is not an image index");
        }
        ImageIndex index = ImageIndex.read(content.read(entry), "index of \"" + name + "\"");
        Descriptor manifest = index.forArchitecture(architecture)
                .orElseThrow(() -> new ImageException("no manifest found for architecture \"" + architecture + "\""));
        return new GadgetImage(
                content, name, entry.digest(), Manifest.read(content.read(manifest), "manifest of \"" + name + "\""));
    }

    /** The images, sorted by name. Entries that are no gadget images for this architecture are passed over. */
    public List<Listed> list() {
        List<Listed> images = new ArrayList<>();
        for (Descriptor entry : layout.contents()) {
            listed(entry).ifPresent(images::add);
        }
        images.sort(Comparator.comparing(image -> image.name().toString()));
        return images;
    }

    private Optional<Listed> listed(Descriptor entry) {
        if (entry.refName().isEmpty() || !entry.mediaType().equals(MediaType.INDEX)) {
            return Optional.empty();
        }
        try {
            ImageName name = ImageName.parse(entry.refName());
            if (!name.toString().equals(entry.refName())) {
                return Optional.empty();
            }
            String created = openEntry(name, entry).manifest().annotations().getOrDefault(CREATED, "");
            return Optional.of(new Listed(name, entry.digest(), created));
        } catch (GadgetException unusable) {
            return Optional.empty();
        }
    }

    /**
     * Puts images into the store, completely or not at all. An entry takes its name from whatever had it before.
     *
     * @param contents the blobs that the entries lead to
     * @param entries with the names they are to have
     */
    void add(Collection<byte[]> contents, List<Descriptor> entries) {
        layout.update(contents, before -> {
            List<Descriptor> all = before;
            for (Descriptor entry : entries) {
                all = with(all, entry);
            }
            return all;
        });
    }

    /**
     * Stores something about an image beside it, as an OCI referrer: a manifest with the image as its subject. The image itself stays as it is.
     *
     * @param digest of the image
     * @param type what is stored
     * @throws ImageException when there is no such image
     */
    public void attach(String digest, String type, byte[] content) {
        Descriptor subject = layout.contents().stream()
                .filter(entry -> entry.digest().equals(digest))
                .findFirst()
                .orElseThrow(() -> new ImageException("image " + digest + " is not in the store"));
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] manifest = new Referrer(
                        subject, type, Descriptor.of(MediaType.EMPTY, empty), Descriptor.of(type, content))
                .write();
        Descriptor entry = Descriptor.of(MediaType.MANIFEST, manifest)
                .withAnnotations(Map.of(Referrer.SUBJECT, digest, Referrer.TYPE, type));
        layout.update(List.of(empty, content, manifest), before -> {
            List<Descriptor> entries = new ArrayList<>(before);
            entries.removeIf(other -> Referrer.isAbout(other, digest, type));
            entries.add(entry);
            return entries;
        });
    }

    /** What is stored beside an image under some type. */
    public Optional<byte[]> attached(String digest, String type) {
        for (Descriptor entry : layout.contents()) {
            if (Referrer.isAbout(entry, digest, type)) {
                Manifest manifest = Manifest.read(layout.read(entry), "referrer of " + digest);
                return manifest.layers().stream().findFirst().map(layout::read);
            }
        }
        return Optional.empty();
    }

    private static List<Descriptor> with(List<Descriptor> entries, Descriptor target) {
        String refName = target.refName();
        List<Descriptor> changed = new ArrayList<>();
        for (Descriptor entry : entries) {
            boolean hadName = !refName.isEmpty() && entry.refName().equals(refName);
            boolean isTarget =
                    entry.digest().equals(target.digest()) && entry.refName().isEmpty();
            if (hadName && !entry.digest().equals(target.digest()) && !isListedTwice(entries, entry)) {
                changed.add(entry.withRefName(""));
            } else if (!hadName && !isTarget) {
                changed.add(entry);
            }
        }
        changed.add(target);
        return changed;
    }

    private static boolean isListedTwice(List<Descriptor> entries, Descriptor entry) {
        return entries.stream()
                        .filter(other -> other.digest().equals(entry.digest()))
                        .count()
                > 1;
    }

    /**
     * Gives an image a further name.
     *
     * @return the image's digest
     * @throws ImageException when the source is not in the store
     */
    public String tag(ImageName source, ImageName target) {
        Descriptor entry =
                layout.find(source).orElseThrow(() -> new ImageException("resolving src: resolving image: not found"));
        add(List.of(), List.of(entry.withRefName(target.toString())));
        return entry.digest();
    }

    /**
     * Removes a name, and the image when it was the last one.
     *
     * @throws ImageException when the store has no image of that name
     */
    public void remove(ImageName name) {
        Descriptor entry = layout.find(name).orElseThrow(() -> new ImageException("resolving image: not found"));
        layout.updateAndCollect(entries -> without(entries, entry));
    }

    private List<Descriptor> without(List<Descriptor> entries, Descriptor removed) {
        List<Descriptor> rest = new ArrayList<>(entries);
        rest.remove(removed);
        if (rest.stream().anyMatch(entry -> entry.digest().equals(removed.digest()))) {
            return rest;
        }
        Set<String> members = new HashSet<>();
        layout.mark(removed, members);
        Set<String> others = new HashSet<>();
        rest.stream().filter(entry -> !entry.refName().isEmpty()).forEach(entry -> layout.mark(entry, others));
        rest.removeIf(entry -> Referrer.isAbout(entry, removed.digest()));
        rest.removeIf(entry ->
                entry.refName().isEmpty() && members.contains(entry.digest()) && !others.contains(entry.digest()));
        return rest;
    }
}
