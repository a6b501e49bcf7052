// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that upstream's tool built and exported: read, and made once more from its parts. */
class UpstreamImageTest {
    private static final ImageName NAME = ImageName.parse("inspect_corner");
    private static final String DIGEST = "sha256:5d9bade637dfa4a609a33a094070fa1ef2cae6286e9ba48137931792ebbdff62";
    private static final String CREATED = "2023-11-14T22:13:20Z";

    @TempDir
    private Path folder = Path.of("");

    private ImageStore store = new ImageStore(OciLayout.at(Path.of("none")), "amd64");

    @BeforeEach
    void importImage() throws IOException {
        Path archive = folder.resolve("inspect_corner.tar");
        try (InputStream in = UpstreamImageTest.class.getResourceAsStream("/inspect_corner.tar")) {
            Files.copy(Objects.requireNonNull(in, "inspect_corner.tar"), archive);
        }
        store = new ImageStore(OciLayout.at(folder.resolve("store")), "amd64");
        assertThat(new ImageArchive(store).importFrom(archive)).containsExactly(NAME.toString());
    }

    private GadgetImage image(String architecture) {
        return new ImageStore(store.layout(), architecture).open(NAME).orElseThrow();
    }

    @Test
    void shouldBeRead() {
        assertThat(store.list()).containsExactly(new ImageStore.Listed(NAME, DIGEST, CREATED));
        assertThat(image("amd64").digest()).isEqualTo(DIGEST);
        assertThat(image("arm64").manifest().layers()).hasSize(1);
    }

    @Test
    void shouldBeTheSameWhenMadeFromItsParts() throws IOException {
        Path source = Files.createDirectory(folder.resolve("gadget"));
        Files.writeString(source.resolve("program.bpf.c"), "");
        Files.write(
                source.resolve("gadget.yaml"),
                store.layout().read(image("amd64").manifest().config()));
        ImageStore other = new ImageStore(OciLayout.at(folder.resolve("other")), "amd64");

        String digest = new ImageBuilder(new Toolchain(compiler(), Path.of("/bin/true"), folder), CREATED, "v0.55.0")
                .build(BuildDescription.read(source, Optional.empty()), other, Optional.of(NAME), MetadataStep.NONE);

        assertThat(digest).isEqualTo(DIGEST);
    }

    /** A compiler that knows the results beforehand. */
    private Path compiler() throws IOException {
        for (String architecture : new String[] {"amd64", "arm64"}) {
            Descriptor layer = image(architecture).manifest().layers().getFirst();
            Files.write(folder.resolve(architecture + ".o"), store.layout().read(layer));
        }
        String script = "#!/bin/sh\n"
                + "case \"$*\" in *TARGET_ARCH_x86*) object=amd64.o ;; *) object=arm64.o ;; esac\n"
                + "while [ \"$1\" != -o ]; do shift; done\n"
                + "exec cp " + folder + "/$object \"$2\"\n";
        Path compiler = Files.writeString(folder.resolve("compiler"), script);
        return Files.setPosixFilePermissions(compiler, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
