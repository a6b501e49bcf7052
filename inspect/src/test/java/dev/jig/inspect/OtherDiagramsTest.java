// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.image.ImageFile;
import dev.jig.testing.OtherDiagrams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Diagrams as upstream draws them, by two implementations that do not know each other. */
class OtherDiagramsTest {
    @TempDir
    private Path folder = Path.of("");

    static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(Compiled.corpus())) {
            return files.filter(file -> file.toString().endsWith(".bpf.c"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void shouldBeDrawnAlike(Path source) throws IOException, InterruptedException {
        Compiled.of(source, folder);
        Path object = folder.resolve("test.bpf.o");
        ImageInspection inspection =
                ImageInspection.ofObject(ImageFile.open(object.toString(), "amd64"), Analysis.LEGACY);
        for (String kind : List.of("flowchart", "sequence")) {
            assertThat(inspection.find("ebpf." + kind).orElseThrow().content())
                    .as(kind)
                    .isEqualTo(OtherDiagrams.draw(kind, object));
        }
    }
}
