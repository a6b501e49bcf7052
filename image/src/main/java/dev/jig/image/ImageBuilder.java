// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes gadget images from folders. Equal inputs, tools and creation time make equal digests. */
public final class ImageBuilder {
    private static final List<String> ARCHITECTURES = List.of("amd64", "arm64");
    private static final String EMPTY_CONFIG = "{}";
    private static final String ANNOTATION = "org.opencontainers.image.";
    private static final String CREATED = ANNOTATION + "created";
    private static final String BUILDER = "io.inspektor-gadget.builder.version";

    private final Toolchain tools;
    private final String created;
    private final String version;

    /**
     * @param created RFC 3339 text
     * @param version of this program, as the images shall say
     */
    public ImageBuilder(Toolchain tools, String created, String version) {
        this.tools = tools;
        this.created = created;
        this.version = version;
    }

    /**
     * Builds an image and puts it into a store.
     *
     * @param name the tag; nothing for an image without one
     * @param metadataStep what is done with the metadata between compiling and packing
     * @return the digest of the image index
     * @throws ImageException when a part cannot be compiled, is malformed or cannot be stored; the store is then unchanged
     */
    public String build(
            BuildDescription description, ImageStore store, Optional<ImageName> name, MetadataStep metadataStep) {
        Map<String, byte[]> objects = compile(description);
        Optional<Path> metadataFile =
                metadataStep.apply(description, Optional.ofNullable(objects.get(ARCHITECTURES.getFirst())));
        String metadata = metadataFile.map(ImageBuilder::readText).orElse("");
        Map<String, String> annotations = annotations(metadata, description);
        Optional<byte[]> wasm = description.wasm().map(ImageBuilder::readBytes);
        List<Descriptor> manifests = new ArrayList<>();
        List<byte[]> blobs = new ArrayList<>();
        for (String architecture : ARCHITECTURES) {
            List<Descriptor> layers = new ArrayList<>();
            Optional.ofNullable(objects.get(architecture))
                    .ifPresent(object -> layers.add(add(blobs, MediaType.EBPF, object)));
            wasm.ifPresent(module -> layers.add(add(blobs, MediaType.WASM, module)));
            Descriptor config = config(blobs, metadata).withAnnotations(annotations);
            byte[] manifest = new Manifest(config, layers, annotations).write();
            manifests.add(add(blobs, MediaType.MANIFEST, manifest)
                    .withAnnotations(annotations)
                    .withArchitecture(architecture));
        }
        byte[] index = new ImageIndex(manifests, annotations).write();
        blobs.add(index);
        Descriptor descriptor = Descriptor.of(MediaType.INDEX, index)
                .withAnnotations(annotations)
                .withRefName(name.map(ImageName::toString).orElse(""));
        List<Descriptor> entries = new ArrayList<>(manifests);
        entries.add(descriptor);
        store.add(blobs, entries);
        return descriptor.digest();
    }

    private static Descriptor add(List<byte[]> blobs, String mediaType, byte[] content) {
        blobs.add(content);
        return Descriptor.of(mediaType, content);
    }

    private static Descriptor config(List<byte[]> blobs, String metadata) {
        if (metadata.isEmpty()) {
            byte[] empty = EMPTY_CONFIG.getBytes(StandardCharsets.UTF_8);
            return add(blobs, MediaType.EMPTY, empty).withData("e30=");
        }
        return add(blobs, MediaType.METADATA, metadata.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, byte[]> compile(BuildDescription description) {
        Map<String, byte[]> objects = new TreeMap<>();
        if (description.source().isEmpty()) {
            return objects;
        }
        Path output = temporaryFolder();
        try {
            Compiler compiler = new Compiler(tools);
            for (String architecture : ARCHITECTURES) {
                objects.put(architecture, compiler.compile(description.source().get(), architecture, output));
            }
            return objects;
        } finally {
            delete(output);
        }
    }

    private Map<String, String> annotations(String metadata, BuildDescription description) {
        Map<String, String> annotations = new TreeMap<>();
        if (!metadata.isEmpty()) {
            String source = description.metadata().map(Path::toString).orElse("gadget.yaml");
            Configuration configuration = Configuration.parseAsWritten(metadata, source);
            annotations.put(ANNOTATION + "title", configuration.text("name").orElse(""));
            annotations.put(
                    ANNOTATION + "description",
                    configuration.text("description").orElse(""));
            annotations.put(
                    ANNOTATION + "url", configuration.text("homepageURL").orElse(""));
            annotations.put(
                    ANNOTATION + "documentation",
                    configuration.text("documentationURL").orElse(""));
            annotations.put(
                    ANNOTATION + "source", configuration.text("sourceURL").orElse(""));
            annotations.put(BUILDER, version);
            annotations.putAll(configuration.below("annotations").entries());
        }
        annotations.put(CREATED, created);
        return annotations;
    }

    private static String readText(Path file) {
        return new String(readBytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new ImageException("reading " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("gadget-build-");
        } catch (IOException refused) {
            throw new ImageException("creating a temporary folder: " + refused.getMessage(), refused);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException refused) {
            throw new ImageException("removing " + folder + ": " + refused.getMessage(), refused);
        }
    }
}
