// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "trace_open,ghcr.io/inspektor-gadget/gadget/trace_open:latest",
        "trace_open:v0.55.0,ghcr.io/inspektor-gadget/gadget/trace_open:v0.55.0",
        "ghcr.io/trace_open,ghcr.io/inspektor-gadget/gadget/trace_open:latest",
        "ghcr.io/a/b,ghcr.io/a/b:latest",
        "myorg/mygadget,ghcr.io/myorg/mygadget:latest",
        "localhost/x,localhost/x:latest",
        "localhost:5000/x,localhost:5000/x:latest",
        "reg.example:443/a/b:t,reg.example:443/a/b:t",
        "docker.io/foo,docker.io/library/foo:latest",
        "docker.io/foo/bar,docker.io/foo/bar:latest",
        "index.docker.io/foo,docker.io/library/foo:latest",
        "Reg/x,Reg/x:latest",
        "[::1]:5000/x,[::1]:5000/x:latest",
        "a__b--c/d.e,ghcr.io/a__b--c/d.e:latest",
        "x:_T.a-1,ghcr.io/inspektor-gadget/gadget/x:_T.a-1"
    })
    void shouldCompleteWhatWasTyped(String typed, String full) {
        assertThat(ImageName.parse(typed)).hasToString(full);
        assertThat(ImageName.parse(full)).hasToString(full);
    }

    @Test
    void shouldKeepDigests() {
        assertThat(ImageName.parse("x@" + DIGEST)).hasToString("ghcr.io/inspektor-gadget/gadget/x@" + DIGEST);
        assertThat(ImageName.parse("x:v1@" + DIGEST)).satisfies(name -> {
            assertThat(name.tag()).isEqualTo("v1");
            assertThat(name.digest()).hasValue(DIGEST);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "a:b:c",
                "x:",
                "x:.t",
                "x:-t",
                "x: ",
                "http://x",
                "https://a.b/x",
                "a//b",
                "/x",
                "x/",
                "a b",
                "x@",
                "x@sha256:12",
                "x@md5:00",
                "a._b",
                "a___b",
                "-a",
                "a-",
                "..",
                "../x",
                "a.b /x",
                "a.b\u001b[31m/x",
                "-a.b/x",
                "a..b/x",
                "a.b:port/x",
                "ä/x"
            })
    void shouldRefuseOtherTexts(String typed) {
        assertThatThrownBy(() -> ImageName.parse(typed))
                .isInstanceOf(ImageException.class)
                .hasMessage("normalizing image: parsing normalized image \"" + typed + "\": invalid reference format");
    }

    @Test
    void shouldSayThatOnlyTheCaseIsWrong() {
        assertThatThrownBy(() -> ImageName.parse("Trace_Open"))
                .hasMessageEndingWith("invalid reference format: repository name"
                        + " (inspektor-gadget/gadget/Trace_Open) must be lowercase");
    }

    @Test
    void shouldRefuseEndlessNames() {
        assertThatThrownBy(() -> ImageName.parse("a".repeat(256))).isInstanceOf(ImageException.class);
        assertThatThrownBy(() -> ImageName.parse("a:" + "t".repeat(129))).isInstanceOf(ImageException.class);
        assertThat(ImageName.parse("a:" + "t".repeat(128)).tag()).hasSize(128);
    }

    @Test
    void shouldShortenTheDefaultPrefixOnly() {
        assertThat(ImageName.parse("trace_open").shortRepository()).isEqualTo("trace_open");
        assertThat(ImageName.parse("myorg/x").shortRepository()).isEqualTo("ghcr.io/myorg/x");
    }
}
