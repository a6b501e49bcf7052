// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedImagesTest {
    private static final String NAME = "ghcr.io/inspektor-gadget/gadget/trace_open:latest";
    private final GadgetImage image = image();

    private static GadgetImage image() {
        byte[] json = ("{\"config\":{\"mediaType\":\"a\",\"digest\":\"sha256:" + "0".repeat(64) + "\",\"size\":1}}")
                .getBytes(StandardCharsets.UTF_8);
        return new GadgetImage(
                OciLayout.at(Path.of("/nowhere")),
                ImageName.parse("trace_open"),
                "sha256:1",
                Manifest.read(json, "test"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ",
                NAME,
                "other," + NAME,
                "ghcr.io/inspektor-gadget/gadget/trace_*",
                "*",
                "ghcr.io/inspektor-gadget/gadget/trace_open@sha256:1"
            })
    void shouldAllow(String list) {
        assertThatNoException().isThrownBy(() -> new AllowedImages(list).require(image, "trace_open"));
    }

    @Test
    void shouldRefuseWhatIsNotListed() {
        assertThatThrownBy(() -> new AllowedImages("a:latest,b*").require(image, "trace_open"))
                .isInstanceOf(ImageException.class)
                .hasMessage("trace_open is not part of allowed gadgets: a:latest, b*");
        assertThatThrownBy(() -> new AllowedImages("trace_open").require(image, "trace_open"))
                .isInstanceOf(ImageException.class);
    }
}
