// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetException;
import dev.jig.image.GadgetImage;
import dev.jig.image.MediaType;
import dev.jig.inspect.page.Table;
import dev.jig.inspect.permission.PermissionFinder;
import dev.jig.inspect.permission.PermissionText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What an image holds, by keys, without loading anything into the kernel. Each fact is worked out when it is asked for. */
public final class ImageInspection {
    private static final String OBJECT_FAILURE = "initializing and preparing operators: instantiating operator \"oci\":"
            + " instantiating operator \"ebpf\": initializing ebpf gadget: initializing: loading spec: ";

    private final Map<String, Supplier<Entry>> listed = new TreeMap<>();
    private final Map<String, Supplier<Entry>> further = new TreeMap<>();
    private final Optional<ObjectFile> object;
    private final Optional<ObjectFacts> facts;

    private ImageInspection(GadgetImage image, String typed, boolean isImage, Analysis analysis) {
        Optional<byte[]> program = image.layer(MediaType.EBPF);
        object = program.map(bytes -> parse(image, bytes));
        if (isImage) {
            // Upstream tells nothing of an image without layers; here its facts can be had by their names.
            boolean hasLayers = !image.manifest().layers().isEmpty();
            new ImageFacts(image, typed).addTo(hasLayers ? listed : further);
        }
        facts = object.map(parsed -> new ObjectFacts(parsed, analysis));
        facts.ifPresent(found -> found.addTo(listed, further));
        Optional<WasmFacts> wasm = image.layer(MediaType.WASM).map(WasmFacts::of);
        wasm.ifPresent(module -> module.addTo(listed));
        List<String> imports = wasm.map(WasmFacts::imports).orElse(List.of());
        object.ifPresent(parsed -> further.put(
                "permissions", () -> Entry.json(PermissionText.tree(PermissionFinder.of(parsed, imports)))));
        if (analysis.precise()) {
            listed.putAll(further);
            further.clear();
        }
    }

    /**
     * Looks at an image.
     *
     * @param typed the image's name as the user wrote it
     * @throws GadgetException when its programs cannot be read
     */
    public static ImageInspection of(GadgetImage image, String typed, Analysis analysis) {
        return new ImageInspection(requireNonNull(image, "image is null"), typed, true, analysis);
    }

    /** Looks at what stands for an image: an object file alone. */
    public static ImageInspection ofObject(GadgetImage image, Analysis analysis) {
        return new ImageInspection(requireNonNull(image, "image is null"), "", false, analysis);
    }

    private static ObjectFile parse(GadgetImage image, byte[] bytes) {
        try {
            return ObjectFile.parse(image.name().shortRepository(), bytes);
        } catch (BpfException malformed) {
            throw new GadgetException(OBJECT_FAILURE + malformed.getMessage(), malformed);
        }
    }

    /** The image's programs, if it has any. */
    public Optional<ObjectFile> object() {
        return object;
    }

    /**
     * A page about the programs, for a browser.
     *
     * @param sources the gadget's data sources
     * @throws InspectException when there are no programs
     */
    public String page(String title, Collection<DataSource> sources) {
        String permissions = PermissionText.table(PermissionFinder.of(requireObject(), List.of()));
        List<Table> tables = SourceTables.of(sources);
        return facts.map(found -> found.page(title, permissions, tables)).orElse("");
    }

    /**
     * The diagram of that page as a picture (SVG).
     *
     * @throws InspectException when there are no programs
     */
    public String picture() {
        requireObject();
        return facts.map(ObjectFacts::picture).orElse("");
    }

    private ObjectFile requireObject() {
        return object.orElseThrow(() -> new InspectException("the image has no eBPF programs to draw"));
    }

    /** Keys that are listed when nothing is asked for, sorted. */
    public List<String> listedKeys() {
        return List.copyOf(listed.keySet());
    }

    /** Keys of what is told only when asked for, sorted. */
    public List<String> furtherKeys() {
        return List.copyOf(further.keySet());
    }

    /** All keys, sorted. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>(listed.keySet());
        keys.addAll(further.keySet());
        keys.sort(null);
        return keys;
    }

    /** What a key stands for; nothing if there is no such key. */
    public Optional<Entry> find(String key) {
        Supplier<Entry> found = listed.containsKey(key) ? listed.get(key) : further.get(key);
        return Optional.ofNullable(found).map(Supplier::get);
    }
}
