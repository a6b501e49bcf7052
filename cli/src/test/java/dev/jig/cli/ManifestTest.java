// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.jig.gadget.Log;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final String HEAD = "apiVersion: 1\nkind: instance-spec\n";

    @Test
    void shouldReadAllDocuments() {
        List<Manifest> manifests = Manifest.parse(HEAD
                + "image: a\nname: one\ntags: [x, y]\nnodes: [n]\nparamValues:\n  operator.a.b: 7\n  c: true\n---\n---\n"
                + HEAD + "image: b\n");
        assertThat(manifests).hasSize(2);
        Manifest first = manifests.getFirst();
        assertThat(first.image()).isEqualTo("a");
        assertThat(first.name()).isEqualTo("one");
        assertThat(first.tags()).containsExactly("x", "y");
        assertThat(first.nodes()).containsExactly("n");
        assertThat(first.params()).containsEntry("operator.a.b", "7").containsEntry("c", "true");
        assertThat(manifests.getLast().params()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind: x | expected kind \"instance-spec\" for entry 1 in manifest, got kind \"x\"",
                "{kind: instance-spec, apiVersion: 2} | expected apiVersion 1 for entry 1 in manifest, got apiVersion 2",
                "{kind: instance-spec, apiVersion: 1, id: x} | invalid instance id \"x\" in entry 1",
                "{kind: instance-spec, apiVersion: 1, name: X} | invalid instance name \"X\" in entry 1",
                "{kind: instance-spec, apiVersion: 1} | no image specified in entry 1",
                "{kind: instance-spec, apiVersion: 1, image: a, tags: ['a,b']} | invalid character \",\" in tag \"a,b\" of entry 1",
                "{kind: instance-spec, apiVersion: 1, image: a, tags: b} | \"tags\" of entry 1 is no list",
                "{kind: instance-spec, apiVersion: 1, image: a, paramValues: b} | \"paramValues\" of entry 1 is no map",
                "text | parsing gadget spec (entry 1): yaml: it is no map",
                "--- | it describes no gadget"
            })
    void shouldTellWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Manifest.parse(text))
                .isInstanceOf(CliException.class)
                .hasMessage(message);
    }

    @Test
    void shouldTellThatAFileIsMissing() {
        assertThatThrownBy(() -> Manifest.read("/nowhere/file"))
                .hasMessageStartingWith("opening gadget runtime manifest file")
                .hasMessageContaining("/nowhere/file");
        assertThatThrownBy(() -> Manifest.parse("a: ["))
                .hasMessageStartingWith("parsing gadget spec (entry 1): yaml: line 1, column 5: ");
    }

    @Test
    void shouldTakeOneGadgetOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("manifest");
        Files.writeString(file, HEAD + "image: a\n---\n" + HEAD + "image: b\n");
        assertThatThrownBy(() -> Manifest.readOne(file.toString(), ": but"))
                .hasMessage("multiple gadget instance specs found in manifest " + file + ": but");
        Files.writeString(file, HEAD + "image: a\n");
        assertThat(Manifest.readOne(file.toString(), "").image()).isEqualTo("a");
    }

    @Test
    void shouldCheckValuesAndWarnOfParamsThatTheGadgetLacks() {
        List<Flag> flags = List.of(
                Flag.of(Param.of("operator.oci.ebpf.", "pid", ParamType.UINT32, "0", "")),
                Flag.of(Param.of("operator.oci.ebpf.", "failed", ParamType.BOOL, "false", "")));
        List<String> said = new ArrayList<>();
        Log log = (level, message) -> said.add(message);
        String head = HEAD + "image: a\nparamValues:\n  ";

        assertThat(Manifest.parse(head + "operator.oci.ebpf.failed: TRUE\n  operator.oci.ebpf.pidd: 1\n")
                        .getFirst()
                        .values(flags, log))
                .containsExactly(Map.entry("operator.oci.ebpf.failed", "true"));
        assertThat(said)
                .containsExactly("the gadget has no param \"operator.oci.ebpf.pidd\""
                        + " (did you mean \"operator.oci.ebpf.pid\"?)");
        Manifest wrong = Manifest.parse(head + "operator.oci.ebpf.pid: abc\n").getFirst();
        assertThatThrownBy(() -> wrong.values(flags, log)).hasMessageContaining("invalid value \"abc\" as \"pid\"");
    }

    @Test
    void shouldFetchFromServers() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/good", exchange -> {
            byte[] text = (HEAD + "image: a\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(Manifest.readOne(address + "/good", "").image()).isEqualTo("a");
            assertThatThrownBy(() -> Manifest.read(address + "/bad"))
                    .hasMessage("downloading gadget runtime manifest file " + address
                            + "/bad: unexpected status code: 404");
        } finally {
            server.stop(0);
        }
    }
}
