// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.load.RunningKernelTypes;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.GadgetException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapSizesTest {
    private static final String MAPS = """
            #define MAP(name, kind, entries) struct { int (*type)[kind]; int (*key_size)[4]; int (*value_size)[8]; \\
                int (*max_entries)[entries]; } name SEC(".maps")
            MAP(counts, 1, 10);
            MAP(names, 1, 20);
            struct { int (*type)[27]; int (*max_entries)[4096]; } events SEC(".maps");
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldChangeTheSizesOfMaps() throws Exception {
        ObjectFile object = CompiledSource.compile(folder, MAPS);
        ObjectLoader loader = new ObjectLoader(object, new RunningKernelTypes(Optional.empty()));

        MapSizes.parse("counts=77", object).adjust(loader);
        assertThat(loader.spec("counts").maxEntries()).isEqualTo(77);
        assertThat(loader.spec("names").maxEntries()).isEqualTo(20);

        MapSizes.parse("counts=5,names=6", object).adjust(loader);
        assertThat(loader.spec("counts").maxEntries()).isEqualTo(5);
        assertThat(loader.spec("names").maxEntries()).isEqualTo(6);

        MapSizes.parse("", object).adjust(loader);
        assertThat(loader.spec("names").maxEntries()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "counts      | \"counts\" is not map=number",
                "=5          | \"=5\" is not map=number",
                "counts=5,   | \"\" is not map=number",
                "counts=x    | \"x\" is no number of entries",
                "counts=     | \"\" is no number of entries",
                "counts=9999999999 | \"9999999999\" is no number of entries",
                "counts=0    | a map has at least one entry",
                "counts=-1   | a map has at least one entry",
                "count=5     | the gadget has no map \"count\", only counts, names",
                "events=4096 | the size of buffer \"events\" is set by --buffer-size"
            })
    void shouldSayWhatIsWrong(String text, String problem) throws Exception {
        ObjectFile object = CompiledSource.compile(folder, MAPS);

        assertThatThrownBy(() -> MapSizes.parse(text, object))
                .isInstanceOf(GadgetException.class)
                .hasMessage("invalid value \"" + text + "\" as \"map-size\": " + problem);
    }
}
