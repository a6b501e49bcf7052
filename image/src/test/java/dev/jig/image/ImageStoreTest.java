// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores with images that are made by hand, as other programs make them. */
class ImageStoreTest {
    @TempDir
    private Path folder = Path.of("");

    private OciLayout layout = OciLayout.at(Path.of("none"));
    private ImageStore store = new ImageStore(layout, "amd64");

    @BeforeEach
    void makeStore() {
        layout = OciLayout.at(folder.resolve("store"));
        store = new ImageStore(layout, "amd64");
    }

    private static ImageName name(String text) {
        return ImageName.parse(text);
    }

    private Descriptor content(String mediaType, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        layout.update(List.of(bytes), entries -> entries);
        return Descriptor.of(mediaType, bytes);
    }

    private static String json(Descriptor descriptor) {
        return new String(Json.write(descriptor.tree()), StandardCharsets.UTF_8);
    }

    /** Puts an image for one architecture, written with blanks and strange members, under a name. */
    private Descriptor put(String refName, String architecture, String metadata) {
        Descriptor config = content("text/strange", metadata);
        Descriptor unknown = content("application/unknown", "unknown" + metadata);
        Descriptor manifest = content(
                MediaType.MANIFEST,
                " { \"layers\" : [ " + json(unknown) + " ],\n \"config\" : " + json(config)
                        + ", \"mediaType\" : \"x\", \"schemaVersion\" : 2 }\n");
        Descriptor index = content(
                MediaType.INDEX,
                "{ \"manifests\" : [ " + json(manifest.withArchitecture(architecture)) + " ], \"other\": [1] }");
        layout.update(entries -> {
            List<Descriptor> more = new ArrayList<>(entries);
            more.add(index.withRefName(refName));
            return more;
        });
        return index;
    }

    @Test
    void shouldOpenWhatOtherProgramsWrote() {
        Descriptor index = put("example.com/a:v1", "amd64", "name: a");

        GadgetImage image = store.open(name("example.com/a:v1")).orElseThrow();

        assertThat(image.digest()).isEqualTo(index.digest());
        assertThat(new String(layout.read(image.manifest().config()), StandardCharsets.UTF_8))
                .isEqualTo("name: a");
        assertThat(store.open(name("example.com/a:v2"))).isEmpty();
    }

    @Test
    void shouldListOnlyUsableImages() {
        put("example.com/b:v1", "amd64", "name: b");
        put("example.com/a:v1", "amd64", "name: a");
        put("example.com/arm:v1", "arm64", "name: arm");
        put("f", "amd64", "name: foreign");
        put("sha256-" + "0".repeat(64) + ".sig", "amd64", "signature");

        assertThat(store.list())
                .extracting(listed -> listed.name().toString())
                .containsExactly("example.com/a:v1", "example.com/b:v1");
    }

    @Test
    void shouldSayThatAnArchitectureIsMissing() {
        put("example.com/arm:v1", "arm64", "name: arm");

        assertThatThrownBy(() -> store.open(name("example.com/arm:v1")))
                .hasMessage("no manifest found for architecture \"amd64\"");
    }

    @Test
    void shouldRefuseWhatIsNoIndex() {
        Descriptor manifest = content(MediaType.MANIFEST, "{}");
        layout.update(entries -> List.of(manifest.withRefName("example.com/m:v1")));

        assertThatThrownBy(() -> store.open(name("example.com/m:v1")))
                .hasMessage("image \"example.com/m:v1\" is not an image index");
    }

    @Test
    void shouldTagAndRemove() throws IOException {
        Descriptor index = put("example.com/a:v1", "amd64", "name: a");

        assertThat(store.tag(name("example.com/a:v1"), name("short"))).isEqualTo(index.digest());
        store.remove(name("example.com/a:v1"));

        assertThat(store.list()).extracting(ImageStore.Listed::digest).containsExactly(index.digest());
        assertThat(store.open(name("short"))).isPresent();

        store.remove(name("short"));

        assertThat(layout.contents()).isEmpty();
        try (var blobs = Files.list(layout.root().resolve("blobs/sha256"))) {
            assertThat(blobs).isEmpty();
        }
    }

    @Test
    void shouldKeepContentThatOthersShare() {
        put("example.com/a:v1", "amd64", "name: shared");
        Descriptor other = put("example.com/b:v1", "amd64", "name: b");

        store.remove(name("example.com/a:v1"));

        assertThat(store.open(name("example.com/b:v1")).orElseThrow().digest()).isEqualTo(other.digest());
    }

    @Test
    void shouldMoveNames() {
        put("example.com/a:v1", "amd64", "name: a");
        Descriptor b = put("example.com/b:v1", "amd64", "name: b");

        store.tag(name("example.com/b:v1"), name("example.com/a:v1"));

        assertThat(store.open(name("example.com/a:v1")).orElseThrow().digest()).isEqualTo(b.digest());
        assertThat(store.list()).hasSize(2);
    }

    @Test
    void shouldSayThatAnImageIsMissing() {
        assertThatThrownBy(() -> store.remove(name("none"))).hasMessage("resolving image: not found");
        assertThatThrownBy(() -> store.tag(name("none"), name("x")))
                .hasMessage("resolving src: resolving image: not found");
        assertThat(layout.exists()).isFalse();
    }

    @Test
    void shouldBearLoopsBetweenIndexes() {
        Descriptor index = put("example.com/a:v1", "amd64", "name: a");
        Descriptor outer = content(MediaType.INDEX, "{\"manifests\":[" + json(index) + "," + json(index) + "]}");

        layout.updateAndCollect(entries -> List.of(outer.withRefName("example.com/o:v1")));

        assertThat(layout.read(index)).isNotEmpty();
        assertThat(outer.annotations()).isEqualTo(Map.of());
    }

    @Test
    void shouldUseAStoreThatUpstreamsToolLeft() throws IOException {
        Descriptor index = put("ghcr.io/inspektor-gadget/gadget/a:latest", "amd64", "name: a");
        Descriptor manifest =
                ImageIndex.read(layout.read(index), "a").manifests().getFirst();
        // Entries in any order, signatures beside them, members that are no part of ours, a leftover of an interrupted
        // pull.
        Files.writeString(
                layout.root().resolve("index.json"),
                "{ \"manifests\": [" + json(manifest) + ","
                        + json(index.withRefName("sha256-" + Digest.hex(index.digest()) + ".sig")) + ",\n"
                        + json(index.withRefName("ghcr.io/inspektor-gadget/gadget/a:latest")) + ","
                        + json(index.withRefName("f")) + "], \"schemaVersion\": 2, \"subject\": null }\n");
        Files.writeString(
                Files.createDirectories(layout.root().resolve("ingest")).resolve("ab_12"), "half");

        assertThat(store.list())
                .extracting(listed -> listed.name().toString())
                .containsExactly("ghcr.io/inspektor-gadget/gadget/a:latest");
        assertThat(store.open(name("a")).orElseThrow().digest()).isEqualTo(index.digest());
        store.tag(name("a"), name("b"));

        assertThat(layout.contents())
                .extracting(Descriptor::refName)
                .containsExactlyInAnyOrder(
                        "",
                        "f",
                        "sha256-" + Digest.hex(index.digest()) + ".sig",
                        "ghcr.io/inspektor-gadget/gadget/a:latest",
                        "ghcr.io/inspektor-gadget/gadget/b:latest");
    }

    @Test
    void shouldTrustOnlyWhatWasBuiltHere() {
        Descriptor index = put("example.com/a:v1", "amd64", "name: a");
        TrustedDigests trusted = TrustedDigests.of(layout);
        ImageSource source =
                new ImageSource(store, new ImageStore(OciLayout.at(folder.resolve("none")), "amd64"), trusted);

        assertThatThrownBy(() -> source.open(name("example.com/a:v1"), true))
                .hasMessageStartingWith("verifying image: ");
        assertThat(source.open(name("example.com/a:v1"), false).digest()).isEqualTo(index.digest());

        trusted.add(index.digest());
        trusted.add(index.digest());

        assertThat(source.open(name("example.com/a:v1"), true).digest()).isEqualTo(index.digest());
        assertThat(folder.resolve("store.built")).hasContent(index.digest() + "\n");
    }
}
