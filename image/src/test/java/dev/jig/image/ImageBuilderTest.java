// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of images without programs: those need no compiler. */
class ImageBuilderTest {
    private static final String CREATED = "1970-01-01T00:16:40Z";
    private static final String METADATA = """
            name: x <y>
            description: d
            annotations:
              n: 5
              a.b: c
              org.opencontainers.image.title: other
              org.opencontainers.image.created: never
            """;
    private static final ImageName NAME = ImageName.parse("mine:v1");

    @TempDir
    private Path folder = Path.of("");

    private ImageStore store = new ImageStore(OciLayout.at(Path.of("none")), "amd64");

    @BeforeEach
    void makeStore() {
        store = new ImageStore(OciLayout.at(folder.resolve("store")), "amd64");
    }

    private String build(Optional<ImageName> name) {
        // The compiler is never started: there is nothing to compile.
        Toolchain none = new Toolchain(Path.of("/none"), Path.of("/none"), Path.of("/none"));
        return new ImageBuilder(none, CREATED, "v0.0.0")
                .build(
                        BuildDescription.read(folder.resolve("gadget"), Optional.empty()),
                        store,
                        name,
                        MetadataStep.NONE);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve("gadget"));
        Files.writeString(folder.resolve("gadget").resolve(name), text);
    }

    private String blob(String digest) {
        return new String(store.layout().readBlob(digest), StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteTheBytesThatUpstreamWritesWithoutMetadata() throws IOException {
        write("build.yaml", "wasm: program.wasm\n");
        write("program.wasm", "wasm");
        byte[] wasm = "wasm".getBytes(StandardCharsets.UTF_8);
        String annotations = "\"annotations\":{\"org.opencontainers.image.created\":\"" + CREATED + "\"}";
        String manifest = "{\"schemaVersion\":2,\"artifactType\":\"application/vnd.gadget.v1+binary\",\"config\":{"
                + "\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":"
                + "\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2,"
                + annotations + ",\"data\":\"e30=\"},\"layers\":[{\"mediaType\":"
                + "\"application/vnd.gadget.wasm.program.v1+binary\",\"digest\":\"" + Digest.of(wasm)
                + "\",\"size\":4}]," + annotations + "}";
        byte[] manifestBytes = manifest.getBytes(StandardCharsets.UTF_8);
        String entry = "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
                + Digest.of(manifestBytes) + "\",\"size\":" + manifestBytes.length + "," + annotations
                + ",\"platform\":{\"architecture\":\"ARCH\",\"os\":\"linux\"}}";

        String digest = build(Optional.empty());

        assertThat(blob(Digest.of(manifestBytes))).isEqualTo(manifest);
        assertThat(blob(digest))
                .isEqualTo(
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                                + entry.replace("ARCH", "amd64") + "," + entry.replace("ARCH", "arm64") + "],"
                                + annotations
                                + "}");
    }

    @Test
    void shouldAnnotateFromTheMetadata() throws IOException {
        write("gadget.yaml", METADATA);

        String digest = build(Optional.of(NAME));

        assertThat(blob(digest))
                .contains(
                        "\"annotations\":{\"a.b\":\"c\",\"io.inspektor-gadget.builder.version\":\"v0.0.0\",\"n\":\"5\","
                                + "\"org.opencontainers.image.created\":\"" + CREATED + "\","
                                + "\"org.opencontainers.image.description\":\"d\","
                                + "\"org.opencontainers.image.documentation\":\"\",\"org.opencontainers.image.source\":\"\","
                                + "\"org.opencontainers.image.title\":\"other\",\"org.opencontainers.image.url\":\"\"}");
        GadgetImage image = store.open(NAME).orElseThrow();
        assertThat(blob(image.manifest().config().digest())).isEqualTo(METADATA);
    }

    @Test
    void shouldAnnotateInTheWordsOfTheMetadata() throws IOException {
        write("gadget.yaml", """
                name: 0x10
                Name: other
                annotations:
                  io.Mixed.Case: Yes
                  version: 1.0
                  none:
                Annotations:
                  no: no
                """);

        assertThat(blob(build(Optional.of(NAME))))
                .contains(
                        "\"annotations\":{\"io.Mixed.Case\":\"Yes\",\"io.inspektor-gadget.builder.version\":\"v0.0.0\","
                                + "\"none\":\"\",\"org.opencontainers.image.created\"")
                .contains("\"org.opencontainers.image.title\":\"0x10\"")
                .contains("\"version\":\"1.0\"")
                .doesNotContain("\"no\"");
    }

    @Test
    void shouldEscapeAsUpstreamDoes() throws IOException {
        write("gadget.yaml", "name: x <y>\n");

        assertThat(blob(build(Optional.of(NAME)))).contains("\"x \\u003cy\\u003e\"");
    }

    @Test
    void shouldMakeTheSameImageAgain() throws IOException {
        write("gadget.yaml", METADATA);

        assertThat(build(Optional.of(NAME))).isEqualTo(build(Optional.of(NAME))).isEqualTo(build(Optional.empty()));
    }

    @Test
    void shouldMoveTheNameToTheNewImage() throws IOException {
        write("gadget.yaml", METADATA);
        String first = build(Optional.of(NAME));
        write("gadget.yaml", METADATA + "# changed\n");

        String second = build(Optional.of(NAME));

        assertThat(second).isNotEqualTo(first);
        assertThat(store.list()).extracting(ImageStore.Listed::digest).containsExactly(second);
        assertThat(store.layout().contents())
                .filteredOn(entry -> entry.digest().equals(first))
                .extracting(Descriptor::refName)
                .containsExactly("");
        assertThat(blob(first)).isNotEmpty();
    }

    @Test
    void shouldLeaveTheStoreAloneWhenTheMetadataIsBroken() throws IOException {
        write("gadget.yaml", "name: [\n");

        assertThatThrownBy(() -> build(Optional.of(NAME))).hasMessageContaining("gadget.yaml: line 2");

        assertThat(store.layout().exists()).isFalse();
    }

    @Test
    void shouldRefuseFoldersWithoutAnything() throws IOException {
        write("README.md", "nothing");

        assertThatThrownBy(() -> build(Optional.empty())).hasMessageStartingWith("at least one of ebpf source");
    }

    @Test
    void shouldRefuseNamesThatCompilersTakeForOptions() throws IOException {
        write("build.yaml", "ebpfsource: -fplugin=x\n");
        assertThatThrownBy(() -> build(Optional.empty())).hasMessageContaining("flags are not accepted");

        write("build.yaml", "ebpfsource: \"@file\"\n");
        assertThatThrownBy(() -> build(Optional.empty())).hasMessageContaining("response file");
    }
}
