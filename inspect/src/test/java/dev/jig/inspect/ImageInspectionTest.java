// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Json;
import dev.jig.image.GadgetImage;
import dev.jig.image.ImageException;
import dev.jig.image.ImageFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageInspectionTest {
    @TempDir
    private Path folder = Path.of("");

    private GadgetImage open(String name) {
        return ImageFile.open(Corner.copy(name, folder).toString(), "amd64");
    }

    private ImageInspection archive() {
        return ImageInspection.of(open("inspect_corner.tar"), "inspect_corner", Analysis.LEGACY);
    }

    private static Object tree(String json) {
        return Json.readObject(("{\"value\":" + json + "}").getBytes(StandardCharsets.UTF_8), "test");
    }

    private static String content(ImageInspection inspection, String key) {
        return inspection.find(key).orElseThrow().content();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ebpf.flowchart", "ebpf.sequence"})
    void shouldDrawAsUpstreamDoes(String key) {
        String drawn = content(ImageInspection.ofObject(open("amd64.bpf.o"), Analysis.LEGACY), key);

        assertThat(drawn + "\n").isEqualTo(Corner.text(key + ".out"));
        assertThat(content(archive(), key)).isEqualTo(drawn);
    }

    @Test
    void shouldListProgramsAsUpstreamDoes() {
        // The recorded file was sorted by a program that does not escape "<".
        assertThat(tree(content(archive(), "ebpf.programs"))).isEqualTo(tree(Corner.text("ebpf.programs.sorted.out")));
    }

    @ParameterizedTest
    @CsvSource({
        "oci.repository, oci.repository.out",
        "oci.tag, oci.tag.out",
        "oci.digest, oci.digest.out",
        "oci.created, oci.created.out"
    })
    void shouldTellAboutTheImage(String key, String file) {
        assertThat(content(archive(), key) + "\n").isEqualTo(Corner.text(file));
    }

    @Test
    void shouldListTheKeysOfUpstream() {
        assertThat(archive().listedKeys())
                .containsExactly(
                        "ebpf.flowchart",
                        "ebpf.maps",
                        "ebpf.programs",
                        "ebpf.sections",
                        "ebpf.sequence",
                        "ebpf.variables",
                        "oci.created",
                        "oci.digest",
                        "oci.manifest",
                        "oci.metadata",
                        "oci.repository",
                        "oci.tag");
    }

    @Test
    void shouldRefuseWhatIsNoObject() throws IOException {
        Path broken = folder.resolve("broken.o");
        byte[] bytes = Corner.bytes("amd64.bpf.o");
        Files.write(broken, Arrays.copyOf(bytes, 200));
        GadgetImage image = ImageFile.open(broken.toString(), "amd64");

        assertThatThrownBy(() -> ImageInspection.ofObject(image, Analysis.LEGACY))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("initializing ebpf gadget: initializing: loading spec: ");
    }

    @Test
    void shouldRefuseWhatIsNoArchive() throws IOException {
        Path text = Files.write(folder.resolve("a.tar"), "no archive".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ImageFile.open(text.toString(), "amd64")).isInstanceOf(ImageException.class);
    }
}
