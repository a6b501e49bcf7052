// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from source to removal, in a store of their own. */
@HostTest
class ImagesTest {
    private static final String FULL_NAME = "ghcr.io/inspektor-gadget/gadget/tiny:latest";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private List<String> listed() {
        return product.run("image", "list", "--compat").lines();
    }

    @Test
    void shouldBuildTheSameImageFromTheSameSources() throws IOException {
        TinyGadget gadget = TinyGadget.withValue(folder, "1");

        Finished first = gadget.build(product, "-t", "tiny");
        Finished second = gadget.build(product, "-t", "tiny");

        assertThat(first.err() + first.out()).contains("Successfully built " + FULL_NAME + "@sha256:");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldBuildTheSameImageInAnotherFolder() throws IOException {
        TinyGadget gadget = TinyGadget.withValue(folder, "1");
        TinyGadget copy = new TinyGadget(Files.createDirectory(folder.resolve("copy")), gadget.unique());
        for (String name : List.of("program.bpf.c", "gadget.yaml")) {
            Files.copy(gadget.folder().resolve(name), copy.folder().resolve(name));
        }

        assertThat(copy.build(product, "-t", "tiny")).isEqualTo(gadget.build(product, "-t", "tiny"));
    }

    @Test
    void shouldListTagAndRemove() throws IOException {
        TinyGadget.withValue(folder, "1").buildAs(product, "tiny");

        Finished tagged = product.run("image", "tag", "tiny", "example.com/mine:v1");

        assertThat(tagged.exitCode()).as(tagged.err()).isZero();
        assertThat(listed()).hasSize(3);
        assertThat(listed().getFirst()).isEqualTo("REPOSITORY TAG DIGEST CREATED");
        assertThat(listed())
                .anySatisfy(line ->
                        assertThat(line).startsWith("tiny latest sha256:").endsWith(" 1970-01-01T00:16:40Z"));
        assertThat(listed()).anySatisfy(line -> assertThat(line).startsWith("example.com/mine v1 sha256:"));

        assertThat(product.run("image", "remove", "tiny").exitCode()).isZero();
        assertThat(listed()).hasSize(2);
        assertThat(product.run("image", "remove", "example.com/mine:v1").exitCode())
                .isZero();
        assertThat(listed()).hasSize(1);
        try (var blobs = Files.list(folder.resolve("store/blobs/sha256"))) {
            assertThat(blobs).isEmpty();
        }
    }

    @Test
    void shouldRunUnderEachName() throws Exception {
        TinyGadget.withValue(folder, "1").buildAs(product, "tiny");
        product.run("image", "tag", "tiny", "example.com/mine:v1");

        try (Product.Running running = product.start("run", "example.com/mine:v1", "-o", "json")) {
            running.awaitSign("{\"value\":1}", () -> OpenCalls.open("/jig-sign", OpenCalls.O_RDONLY, 0));
            assertThat(running.interrupt().exitCode()).isZero();
        }
    }

    @Test
    void shouldListWithoutRoot() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        Finished finished = product.runAsNobody("image", "list");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.lines())
                .startsWith("REPOSITORY TAG DIGEST CREATED ORIGIN")
                .anySatisfy(line ->
                        assertThat(line).startsWith("trace_open latest sha256:").endsWith(" built-in"));
        assertThat(listed()).containsExactly("REPOSITORY TAG DIGEST CREATED");
    }

    @Test
    void shouldListOwnImagesInPlaceOfBuiltInOnes() throws IOException {
        TinyGadget.withValue(folder, "1").build(product, "-t", "trace_open");

        assertThat(product.run("image", "list").lines())
                .filteredOn(line -> line.startsWith("trace_open "))
                .singleElement()
                .asString()
                .endsWith(" store");
        assertThat(product.run("image", "list", "-o", "json").out())
                .contains("{\"Repository\":\"trace_exec\",\"Tag\":\"latest\",\"Digest\":\"sha256:")
                .contains("\"Origin\":\"built-in\"}");
    }

    @Test
    void shouldBuildTwoAtOnceIntoOneStore() throws Exception {
        TinyGadget first = TinyGadget.withValue(folder, "1");
        TinyGadget second = TinyGadget.withValue(folder, "2");
        try (Product.Running one =
                        product.start("image", "build", first.folder().toString(), "-t", "one");
                Product.Running other =
                        product.start("image", "build", second.folder().toString(), "-t", "other")) {
            assertThat(one.await(60).exitCode()).isZero();
            assertThat(other.await(60).exitCode()).isZero();
        }

        assertThat(listed()).hasSize(3);
        assertThat(product.run("run", "one", "-t", "1").exitCode()).isZero();
        assertThat(product.run("run", "other", "-t", "1").exitCode()).isZero();
    }

    @Test
    void shouldLeaveTheStoreAsItWasWhenTheDiskIsFull() throws Exception {
        String store = Files.createDirectory(folder.resolve("store")).toString();
        Path listing = folder.resolve("store/index.json");
        TinyGadget first = TinyGadget.withValue(folder, "1");
        TinyGadget second = TinyGadget.withValue(folder, "2");
        product.runAll(List.of("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", store));
        try {
            first.buildAs(product, "first");
            String before = Files.readString(listing);
            List<Path> blobs = blobs();
            product.runAll(List.of("dd", "if=/dev/zero", "of=" + store + "/ballast", "bs=4k"));

            Finished finished = second.build(product, "-t", "second");

            assertThat(finished.err()).startsWith("Error: ").contains("No space left on device");
            assertThat(finished.err().lines()).hasSize(1);
            assertThat(finished.exitCode()).isEqualTo(1);
            assertThat(listing).hasContent(before);
            assertThat(blobs()).isEqualTo(blobs);
            assertThat(folder.resolve("store/ingest")).isEmptyDirectory();
            Files.delete(folder.resolve("store/ballast"));
            second.buildAs(product, "second");
            assertThat(listed()).hasSize(3);
        } finally {
            product.runAll(List.of("umount", store));
        }
    }

    private List<Path> blobs() throws IOException {
        try (var blobs = Files.list(folder.resolve("store/blobs/sha256"))) {
            return blobs.sorted().toList();
        }
    }

    @Test
    void shouldRefuseAStoreThatWasTamperedWith() throws Exception {
        TinyGadget.withValue(folder, "1").buildAs(product, "tiny");
        try (var blobs = Files.list(folder.resolve("store/blobs/sha256"))) {
            for (Path blob : blobs.toList()) {
                Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("rw-r--r--"));
                byte[] bytes = Files.readAllBytes(blob);
                bytes[bytes.length / 2] ^= 1;
                Files.write(blob, bytes);
            }
        }

        Finished finished = product.run("run", "tiny", "-t", "1");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err()).contains("sha256:").doesNotContain("Exception");
    }
}
