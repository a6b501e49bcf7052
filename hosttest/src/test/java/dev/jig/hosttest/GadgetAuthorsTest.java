// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gadgets that others write: from a folder to events. */
@HostTest
class GadgetAuthorsTest {
    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(GadgetAuthorsTest.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private void build(String program, String metadata) throws IOException {
        Path gadget = Files.createDirectory(folder.resolve("gadget"));
        Files.writeString(gadget.resolve("program.bpf.c"), program);
        if (!metadata.isEmpty()) {
            Files.writeString(gadget.resolve("gadget.yaml"), metadata);
        }
        Finished built = product.run("image", "build", gadget.toString(), "-t", "x:latest");
        assertThat(built.exitCode()).as(built.err()).isZero();
        assertThat(built.err()).doesNotContain("warning");
    }

    private JsonNode eventOf(String sign, String... flags) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of("run", "x:latest", "-o", "json"));
        words.addAll(List.of(flags));
        try (Product.Running running = product.start(words.toArray(String[]::new))) {
            running.awaitSign(sign, () -> OpenCalls.open("/jig-sign", OpenCalls.O_RDONLY, 0));
            String out = running.interrupt().out();
            return Events.parseLines(out).stream()
                    .filter(event -> event.toString().contains(sign))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void shouldRunWhatWasWrittenForUpstream() throws Exception {
        build(resource("upstream-gadget.bpf.c"), resource("upstream-gadget.yaml"));

        JsonNode event = eventOf(
                "/jig-sign", "--pid", String.valueOf(ProcessHandle.current().pid()));

        assertThat(field(event, "filename").asText()).isEqualTo("/jig-sign");
        assertThat(field(event, "proc.pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(field(event, "mntns_id").asLong()).isPositive();
        assertThat(field(event, "error").asText()).isEqualTo("EACCES");
        assertThat(field(event, "sig").asText()).isEqualTo("SIGTERM");
        assertThat(field(event, "size").asText()).isEqualTo("2.0 kB");
        assertThat(field(event, "took").asText()).isEqualTo("1.50µs");
        assertThat(field(event, "peer.addr").asText()).isEqualTo("127.0.0.1");
        assertThat(field(event, "peer.port").asInt()).isEqualTo(443);
        assertThat(field(event, "peer.proto").asText()).isEqualTo("TCP");
        assertThat(field(event, "colour").asText()).isEqualTo("GREEN");
        assertThat(field(event, "access").asText()).isEqualTo("READ|EXECUTE");
        assertThat(field(event, "loud").asBoolean()).isFalse();
        assertThat(field(event, "offset").asLong()).isEqualTo(-3);
        assertThat(field(event, "tiny").asInt()).isEqualTo(200);
        assertThat(field(event, "prefix").asText()).isEqualTo("usual");
        assertThat(field(event, "timestamp").asText()).startsWith("20");
    }

    @Test
    void shouldHandParamsToThePrograms() throws Exception {
        build(resource("upstream-gadget.bpf.c"), resource("upstream-gadget.yaml"));

        JsonNode event = eventOf("/jig-sign", "--loud", "--offset=-70000000000", "--tiny", "255", "--prefix", "other");

        assertThat(field(event, "loud").asBoolean()).isTrue();
        assertThat(field(event, "offset").asLong()).isEqualTo(-70_000_000_000L);
        assertThat(field(event, "tiny").asInt()).isEqualTo(255);
        assertThat(field(event, "prefix").asText()).isEqualTo("other");
        assertThat(product.run("run", "x:latest", "--help").out())
                .contains("--prefix string")
                .contains("(default \"usual\")")
                .contains("--tiny uint8")
                .contains("(default 200)");
        assertThat(product.run("run", "x:latest", "--tiny", "256").err())
                .contains("invalid argument \"256\" for \"--tiny\" flag");
        assertThat(product.run("run", "x:latest", "--prefix", "seventeen letters")
                        .err())
                .contains("string param \"prefix\" too long: 17 > 16");
    }

    @Test
    void shouldRunTheExampleOfTheGuide() throws Exception {
        String guide = Files.readString(Machine.sourceTree().resolve("docs/gadget-authors.md"));
        int start = guide.indexOf("```c\n") + 5;
        build(guide.substring(start, guide.indexOf("```", start)), "");

        try (Product.Running running = product.start("run", "x:latest", "-o", "json")) {
            running.awaitSign("\"comm\":\"cat\"", () -> product.runAll(List.of("cat", "/dev/null")));
            assertThat(running.interrupt().exitCode()).isZero();
        }
    }
}
