// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerReaderTest {
    @TempDir
    private Path folder = Path.of("");

    private final List<String> warnings = new ArrayList<>();
    private final Log log = (level, message) -> warnings.add(level + " " + message);

    private List<Marker> read(String source) throws Exception {
        return new MarkerReader(CompiledSource.compile(folder, source).btf(), log).read();
    }

    private static String marker(String name) {
        return "const void *" + name + " __attribute__((unused));\n";
    }

    @Test
    void shouldReadAllKindsOfMarkers() throws Exception {
        List<Marker> markers = read(marker("gadget_tracer_open___events___event")
                + marker("gadget_iter_procs___entry___one___two")
                + marker("gadget_mapiter_counts___table")
                + marker("gadget_map_tracer_events")
                + marker("gadget_param_targ_failed"));

        assertThat(markers)
                .containsExactlyInAnyOrder(
                        new Marker.Tracer("open", "events", "event"),
                        new Marker.Iterator("procs", "entry", List.of("one", "two")),
                        new Marker.MapIterator("counts", "table"),
                        new Marker.TracerMap("events"),
                        new Marker.Parameter("targ_failed"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldWarnOfOldNames() throws Exception {
        assertThat(read(marker("gadget_snapshotter_procs___entry___one")))
                .containsExactly(new Marker.Iterator("procs", "entry", List.of("one")));
        assertThat(warnings).singleElement().asString().startsWith("WARN ").contains("deprecated");
    }

    @Test
    void shouldPassOverOtherVariables() throws Exception {
        assertThat(read("const char *gadget_param_a; void *gadget_param_b; int gadget_param_c;\n"
                        + "static const void *gadget_param_d SEC(\".data\");\n" + marker("other")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gadget_tracer_open",
                "gadget_tracer_open___events",
                "gadget_tracer_a___b___c___d",
                "gadget_iter_a___b",
                "gadget_mapiter_a",
                "gadget_mapiter_a___b___c"
            })
    void shouldRefuseMalformedMarkers(String name) {
        assertThatThrownBy(() -> read(marker(name)))
                .isInstanceOf(GadgetException.class)
                .hasMessageStartingWith("initializing ebpf gadget: analyzing: handling type by prefix \"");
    }
}
