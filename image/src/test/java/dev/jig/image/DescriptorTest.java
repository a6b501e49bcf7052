// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {
    private static final String HEX = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static Descriptor read(String json) {
        return Descriptor.read(Json.readObject(json.getBytes(StandardCharsets.UTF_8), "test"), "test");
    }

    @Test
    void shouldDescribeContent() {
        Descriptor descriptor = Descriptor.of(MediaType.EMPTY, "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(descriptor.digest()).isEqualTo("sha256:" + HEX);
        assertThat(descriptor.size()).isEqualTo(2);
    }

    @Test
    void shouldWriteMembersInUpstreamsOrder() {
        Descriptor descriptor =
                new Descriptor("m", "sha256:" + HEX, 5, Map.of("b", "2", "a", "1"), "e30=", "arm64", "linux");

        String json = new String(Json.write(descriptor.tree()), StandardCharsets.UTF_8);

        assertThat(json)
                .isEqualTo("{\"mediaType\":\"m\",\"digest\":\"sha256:" + HEX
                        + "\",\"size\":5,\"annotations\":{\"a\":\"1\","
                        + "\"b\":\"2\"},\"data\":\"e30=\",\"platform\":{\"architecture\":\"arm64\",\"os\":\"linux\"}}");
        assertThat(read(json)).isEqualTo(descriptor);
    }

    @Test
    void shouldBearStrangeOptionalMembers() {
        Descriptor descriptor = read("{\"digest\":\"sha256:" + HEX
                + "\",\"mediaType\":\"m\",\"size\":1,\"annotations\":null,\"platform\":[],\"data\":3,\"urls\":[]}");

        assertThat(descriptor.annotations()).isEmpty();
        assertThat(descriptor.architecture()).isEmpty();
        assertThat(descriptor.data()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mediaType\":\"m\",\"digest\":\"sha256:12\",\"size\":1}",
                "{\"mediaType\":\"m\",\"digest\":\"sha256:../../../../etc/passwd\",\"size\":1}",
                "{\"mediaType\":\"m\",\"digest\":5,\"size\":1}",
                "{\"mediaType\":\"m\",\"digest\":\"sha256:" + HEX + "\"}",
                "{\"mediaType\":\"m\",\"digest\":\"sha256:" + HEX + "\",\"size\":-1}",
                "{\"mediaType\":\"m\",\"digest\":\"sha256:" + HEX + "\",\"size\":1.5}",
                "{\"mediaType\":[],\"digest\":\"sha256:" + HEX + "\",\"size\":1}",
                "{\"digest\":\"sha256:" + HEX + "\",\"size\":1}"
            })
    void shouldRefuseBrokenDescriptors(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(ImageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "\"x\"", "null", "[null]", "[[]]"})
    void shouldRefuseConfigsThatAreNone(String json) {
        String manifest = "{\"config\":" + json + ",\"layers\":[]}";

        assertThatThrownBy(() -> Manifest.read(manifest.getBytes(StandardCharsets.UTF_8), "manifest"))
                .isInstanceOf(ImageException.class);
    }

    @Test
    void shouldMoveNamesBetweenDescriptors() {
        Descriptor plain = Descriptor.of("m", new byte[] {1}).withAnnotations(Map.of("x", "y"));

        Descriptor named = plain.withRefName("a/b:c");

        assertThat(named.refName()).isEqualTo("a/b:c");
        assertThat(named.annotations()).containsEntry("x", "y").hasSize(2);
        assertThat(named.withRefName("")).isEqualTo(plain);
    }
}
