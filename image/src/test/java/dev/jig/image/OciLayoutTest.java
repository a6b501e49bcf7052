// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.GadgetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {
    @TempDir
    private Path folder = Path.of("");

    private Path root() {
        return folder.resolve("ig").resolve("store");
    }

    private OciLayout layout() {
        return OciLayout.at(root());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root().resolve(file)));
    }

    @Test
    void shouldBeEmptyWhereThereIsNothing() {
        assertThat(layout().exists()).isFalse();
        assertThat(layout().contents()).isEmpty();
        assertThat(root()).doesNotExist();
    }

    @Test
    void shouldMakeTheFilesOfTheSpecification() throws IOException {
        byte[] content = bytes("content");
        layout().update(List.of(content), entries -> entries);

        String hex = Digest.hex(Digest.of(content));
        assertThat(root().resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(root().resolve("index.json"))
                .hasContent("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                        + "\"manifests\":[]}");
        assertThat(root().resolve("blobs/sha256/" + hex)).hasContent("content");
        assertThat(permissions("blobs/sha256/" + hex)).isEqualTo("r--r--r--");
        assertThat(permissions("")).isEqualTo("rwx------");
        assertThat(permissions("index.json")).isEqualTo("rw-r--r--");
        assertThat(permissions("oci-layout")).isEqualTo("rw-r--r--");
        assertThat(permissions("index.json.lock")).isEqualTo("rw-------");
        assertThat(permissions("blobs/sha256")).isEqualTo("rwxr-xr-x");
        try (var left = Files.list(root().resolve("ingest"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        Descriptor descriptor = Descriptor.of("m", bytes("x"));
        layout().update(List.of(bytes("x"), bytes("x")), entries -> entries);
        layout().update(List.of(bytes("x")), entries -> entries);

        assertThat(layout().read(descriptor)).isEqualTo(bytes("x"));
    }

    @Test
    void shouldNoticeDamage() throws IOException {
        Descriptor descriptor = Descriptor.of("m", bytes("x"));
        layout().update(List.of(bytes("x")), entries -> entries);
        Path blob = root().resolve("blobs/sha256/" + Digest.hex(descriptor.digest()));
        Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(blob, bytes("y"));

        assertThatThrownBy(() -> layout().read(descriptor))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining(descriptor.digest())
                .hasMessageContaining("damaged");
        assertThat(OciLayout.trusted(root()).read(descriptor)).isEqualTo(bytes("y"));
    }

    @Test
    void shouldNameMissingContent() {
        Descriptor descriptor = Descriptor.of("m", bytes("x"));

        assertThatThrownBy(() -> layout().read(descriptor))
                .hasMessageContaining(descriptor.digest() + " is missing in " + root());
    }

    @Test
    void shouldAcceptNullManifests() throws IOException {
        layout().update(entries -> entries);
        Files.writeString(root().resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":null}");

        assertThat(layout().contents()).isEmpty();
    }

    @Test
    void shouldRefuseAnIndexThatIsTruncatedOrGarbled() throws IOException {
        layout().update(entries -> List.of(Descriptor.of("m", bytes("x")).withRefName("a/b:c")));
        byte[] valid = Files.readAllBytes(root().resolve("index.json"));
        for (int length = 0; length < valid.length; length++) {
            Files.write(root().resolve("index.json"), java.util.Arrays.copyOf(valid, length));
            assertThatThrownBy(() -> layout().contents())
                    .isInstanceOf(GadgetException.class)
                    .hasMessageContaining("index.json");
        }
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] garbled = valid.clone();
            garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
            Files.write(root().resolve("index.json"), garbled);
            try {
                assertThat(layout().contents()).isNotNull();
            } catch (GadgetException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void shouldLeaveABrokenIndexAsItIs() throws IOException {
        layout().update(entries -> entries);
        Files.writeString(root().resolve("index.json"), "{");

        assertThatThrownBy(() -> layout().update(entries -> List.of())).isInstanceOf(GadgetException.class);

        assertThat(root().resolve("index.json")).hasContent("{");
    }

    @Test
    void shouldTakeBackWhatAFailedChangeStored() throws IOException {
        layout().update(List.of(bytes("kept")), entries -> entries);

        assertThatThrownBy(() -> layout().update(List.of(bytes("kept"), bytes("new")), entries -> {
                    throw new ImageException("no");
                }))
                .hasMessage("no");

        try (var blobs = Files.list(root().resolve("blobs/sha256"))) {
            assertThat(blobs).containsExactly(root().resolve("blobs/sha256/" + Digest.hex(Digest.of(bytes("kept")))));
        }
    }

    @Test
    void shouldWaitForOthersThatHoldTheLock() throws Exception {
        layout().update(entries -> entries);
        Process other = flock("-x", "sh", "-c", "echo held; read -r line");
        assertThat(other.inputReader().readLine()).isEqualTo("held");
        Thread writer = Thread.ofPlatform().start(() -> addEntry("a/b:c"));

        while (!waitsForLock()) {
            assertThat(writer.isAlive()).as("the writer does not wait").isTrue();
            Thread.sleep(10);
        }
        assertThat(layout().contents()).isEmpty();
        other.getOutputStream().close();
        writer.join();

        assertThat(layout().contents()).hasSize(1);
        assertThat(other.waitFor()).isEqualTo(1);
    }

    /** Whether the kernel's table of locks has one that is waited for by this process. */
    private static boolean waitsForLock() throws IOException {
        String waiting = "FLOCK  ADVISORY  WRITE " + ProcessHandle.current().pid() + " ";
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(line -> line.contains("->") && line.contains(waiting));
    }

    @Test
    void shouldKeepOthersOutWhileItWrites() throws IOException, InterruptedException {
        layout().update(entries -> entries);
        List<Integer> codes = new ArrayList<>();

        layout().update(entries -> {
            codes.add(exitCode(flock("-n", "true")));
            return entries;
        });
        codes.add(exitCode(flock("-n", "true")));

        assertThat(codes).containsExactly(1, 0);
    }

    /** The command that shells lock with; it knows flock(2) only, as upstream's tool does. */
    private Process flock(String flag, String... command) {
        List<String> words = new ArrayList<>(
                List.of("flock", flag, root().resolve("index.json.lock").toString()));
        words.addAll(List.of(command));
        try {
            return new ProcessBuilder(words).start();
        } catch (IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void shouldLetWritersTakeTurns() throws InterruptedException {
        int writers = 4;
        int entries = 25;
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int writer = 0; writer < writers; writer++) {
            String name = "w" + writer;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < entries; i++) {
                        addEntry(name + "/" + i + ":latest");
                    }
                } catch (RuntimeException | Error failure) {
                    failures.add(failure);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(layout().contents()).hasSize(writers * entries);
    }

    private void addEntry(String name) {
        byte[] content = bytes(name);
        layout().update(List.of(content), entries -> {
            List<Descriptor> more = new ArrayList<>(entries);
            more.add(Descriptor.of("m", content).withRefName(name));
            return more;
        });
    }
}
