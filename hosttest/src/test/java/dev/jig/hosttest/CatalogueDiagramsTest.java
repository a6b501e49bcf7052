// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.image.GadgetImage;
import dev.jig.image.ImageFile;
import dev.jig.image.MediaType;
import dev.jig.inspect.Analysis;
import dev.jig.inspect.ImageInspection;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.OtherDiagrams;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Diagrams of the gadgets that travel with the program, for all architectures, by two implementations that do not know each other. */
@HostTest
class CatalogueDiagramsTest {
    private static final Path IMAGES = Machine.sourceTree().resolve(".jig/dist/images");

    @TempDir
    private Path folder = Path.of("");

    static List<String> gadgets() throws IOException {
        return InspectionTest.gadgets();
    }

    @ParameterizedTest
    @MethodSource("gadgets")
    void shouldBeDrawnAlike(String gadget) throws IOException, InterruptedException {
        Requirement.check(Files.exists(IMAGES), "the program is not packaged (scripts/package does)");
        for (String architecture : List.of("amd64", "arm64")) {
            GadgetImage image = ImageFile.open(IMAGES + "#" + gadget, architecture);
            Optional<byte[]> programs = image.layer(MediaType.EBPF);
            if (programs.isPresent()) {
                Path object = folder.resolve(architecture + ".bpf.o");
                Files.write(object, programs.get());
                compare(ImageInspection.of(image, gadget, Analysis.LEGACY), object);
            }
        }
    }

    private static void compare(ImageInspection inspection, Path object) throws IOException, InterruptedException {
        for (String kind : List.of("flowchart", "sequence")) {
            assertThat(inspection.find("ebpf." + kind).orElseThrow().content())
                    .as(object.getFileName() + " " + kind)
                    .isEqualTo(OtherDiagrams.draw(kind, object));
        }
    }
}
