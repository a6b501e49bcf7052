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

    @Test
    void shouldTellEveryTypeOfFieldAndParam() throws Exception {
        build(resource("every-type.bpf.c"), "name: every\n");
        List<JsonNode> events = runEverything();

        JsonNode usual = find(events, "real64");
        assertValues(
                usual,
                "s8=-1 u8=1 s16=-2 u16=2 s32=-3 u32=3 s64=-4 u64=4 yes=false real32=0.5 real64=0.25 text=usual size=LARGE"
                        + " low=5 high=-9 far=FAR_AWAY flags=FLAG_A|FLAG_C inner.left=11 inner.deep.right=-12"
                        + " netns_id=4026531840 signal=SIGKILL errno=ENOENT call=SYS_OPENAT open=O_RDWR|O_CREAT|O_TRUNC"
                        + " uid=root gid=root pid=1 tid=2 ppid=3 ptid=4 comm=me pcomm=parent duration=2.50ms counter32=21"
                        + " counter64=22 gauge32=23 gauge64=24 host.addr=::1 host.version=6 peer.addr=10.0.0.1 peer.port=53"
                        + " peer.proto=UDP peer.version=4");
        assertThat(field(usual, "numbers")).hasToString("[1,2,3]");
        assertThat(field(usual, "mode").asText()).isEqualTo("-rw-r--r--");
        assertThat(field(usual, "bytes").asText()).isEqualTo("1.5 MB");
        assertThat(field(usual, "timestamp").asText()).startsWith("20");
        assertThat(field(usual, "mntns_id").asLong()).isPositive();
        assertThat(field(usual, "proc.pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(field(find(events, "slot_index"), "slot_index").asInt()).isBetween(100, 101);
        assertThat(events.stream().map(event -> event.path("task_pid").asLong()))
                .contains(ProcessHandle.current().pid());
        assertThat(field(find(events, "calls"), "calls").asInt()).isEqualTo(17);
        assertThat(field(find(events, "which"), "which").asInt()).isEqualTo(42);

        JsonNode other = find(
                runEverything(
                        "--p_bool --p_s8=-128 --p_u8=255 --p_s16=-32768 --p_u16=65535 --p_s32=-2147483648 --p_u32=4294967295"
                                + " --p_s64=-9223372036854775808 --p_u64=18446744073709551615 --p_float=1.5 --p_double=-2.5"
                                + " --p_text=sixteen_letters_ --p_enum=-1 --p_numbers=7,8,9 --p_address=10.1.2.3"),
                "real64");
        assertValues(
                other,
                "yes=true s8=-128 u8=255 s16=-32768 u16=65535 s32=-2147483648 u32=4294967295 s64=-9223372036854775808"
                        + " u64=18446744073709551615 real32=1.5 real64=-2.5 text=sixteen_letters_ size=SMALL"
                        + " wanted.addr=10.1.2.3 wanted.version=4");
        assertThat(field(other, "numbers")).hasToString("[7,8,9]");
    }

    /** What all data sources told until each had told something. */
    private List<JsonNode> runEverything(String... flags) throws Exception {
        List<String> words =
                new java.util.ArrayList<>(List.of("run", "x:latest", "-o", "json", "--map-fetch-interval", "100ms"));
        for (String flag : flags) {
            words.addAll(List.of(flag.split(" ", -1)));
        }
        try (Product.Running running = product.start(words.toArray(String[]::new))) {
            running.awaitSign("\"real64\"", () -> OpenCalls.open("/jig-sign", OpenCalls.O_RDONLY, 0));
            running.awaitSign("\"calls\"", () -> OpenCalls.open("/jig-sign", OpenCalls.O_RDONLY, 0));
            Finished finished = running.interrupt();
            assertThat(finished.exitCode()).as(finished.err()).isZero();
            List<JsonNode> events = new java.util.ArrayList<>();
            for (JsonNode event : Events.parseLines(finished.out())) {
                if (event.isArray()) {
                    event.forEach(events::add);
                } else {
                    events.add(event);
                }
            }
            return events;
        }
    }

    private static JsonNode find(List<JsonNode> events, String name) {
        return events.stream().filter(event -> event.has(name)).findFirst().orElseThrow();
    }

    private static void assertValues(JsonNode event, String expected) {
        List<String> actual = new java.util.ArrayList<>();
        for (String pair : expected.split(" ", -1)) {
            String name = pair.substring(0, pair.indexOf('='));
            actual.add(name + "=" + field(event, name).asText());
        }
        assertThat(actual).containsExactly(expected.split(" ", -1));
    }
}
