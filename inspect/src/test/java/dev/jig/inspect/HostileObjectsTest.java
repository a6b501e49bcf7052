// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.GadgetException;
import dev.jig.image.Descriptor;
import dev.jig.image.GadgetImage;
import dev.jig.image.ImageException;
import dev.jig.image.ImageFile;
import dev.jig.image.ImageName;
import dev.jig.image.Manifest;
import dev.jig.image.MediaType;
import dev.jig.inspect.flow.ObjectFlow;
import dev.jig.inspect.permission.PermissionFinder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects and images as nobody should make them. */
class HostileObjectsTest {
    private static final int ROUNDS = 400;

    @TempDir
    private Path folder = Path.of("");

    private static ImageInspection inspection(byte[] layer, String mediaType) {
        Descriptor config = Descriptor.of(MediaType.METADATA, new byte[0]);
        Manifest manifest = new Manifest(config, List.of(Descriptor.of(mediaType, layer)), Map.of());
        return ImageInspection.ofObject(
                new GadgetImage(descriptor -> layer, ImageName.parse("fuzzed"), "", manifest), Analysis.LEGACY);
    }

    private static void inspectAll(ImageInspection inspection) {
        inspection.keys().forEach(inspection::find);
    }

    /** Whether bytes were read; a failure must be one that has words for people. */
    private static boolean isRead(byte[] bytes) {
        try {
            ObjectFile object = ObjectFile.parse("fuzzed", bytes);
            inspectAll(inspection(bytes, MediaType.EBPF));
            ObjectFlow.of(object);
            PermissionFinder.of(object, List.of());
            return true;
        } catch (BpfException | GadgetException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldSurviveChangedBytes(long seed) {
        Random random = new Random(seed);
        byte[] original = Corner.bytes("amd64.bpf.o");
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = original.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            read += isRead(bytes) ? 1 : 0;
        }
        assertThat(read).isBetween(1, ROUNDS - 1);
    }

    @Test
    void shouldSurviveEveryLength() {
        byte[] original = Corner.bytes("amd64.bpf.o");
        for (int length = 0; length < original.length; length += 97) {
            assertThat(isRead(Arrays.copyOf(original, length))).isFalse();
        }
    }

    @Test
    void shouldGiveUpOnEndlessPrograms() throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("long.bpf.c"), """
                #include "corpus.h"
                SEC("tracepoint/x/y") int prog(void *ctx)
                {
                	asm volatile(".rept 900000; r0 = 1; .endr" ::: "r0");
                	return 0;
                }
                """);
        ObjectFile object = Compiled.of(source, folder);

        assertThatThrownBy(() -> ObjectFlow.of(object))
                .isInstanceOf(InspectException.class)
                .hasMessageContaining("more than 200000");
        assertThatThrownBy(() -> inspection(Files.readAllBytes(folder.resolve("test.bpf.o")), MediaType.EBPF)
                        .find("ebpf.programs"))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("more than 120000");
    }

    @Test
    void shouldGiveUpOnTangledPrograms() throws IOException, InterruptedException {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            code.append("L")
                    .append(i)
                    .append(": r2 = *(u32 *)(r1 + 0); r")
                    .append(2 + i % 4)
                    .append(" = ")
                    .append(i);
            code.append("; if r2 > ")
                    .append(i)
                    .append(" goto L")
                    .append(Math.max(0, i - 150))
                    .append("; ");
        }
        Path source = Files.writeString(
                folder.resolve("tangle.bpf.c"),
                "#include \"corpus.h\"\nSEC(\"tracepoint/x/y\") int prog(void *ctx)\n{\nasm volatile(\"" + code
                        + "\" ::: \"r0\", \"r2\", \"r3\", \"r4\", \"r5\");\nreturn 0;\n}\n");
        ObjectFile object = Compiled.of(source, folder);

        assertThatThrownBy(() -> ObjectFlow.of(object))
                .isInstanceOf(InspectException.class)
                .hasMessageContaining("dependences on branches");
    }

    @Test
    void shouldNotTakeForeignLayersForPrograms() {
        ImageInspection inspection = inspection(Corner.bytes("amd64.bpf.o"), "application/vnd.stranger.layer");

        assertThat(inspection.object()).isEmpty();
        assertThat(inspection.keys()).noneMatch(key -> key.startsWith("ebpf."));
    }

    /** The corner image's archive with something done to it. */
    private Path archive(Change change) throws IOException {
        Path file = folder.resolve("image.tar");
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
                TarArchiveInputStream original =
                        new TarArchiveInputStream(new ByteArrayInputStream(Corner.bytes("inspect_corner.tar")))) {
            for (TarArchiveEntry entry = original.getNextEntry(); entry != null; entry = original.getNextEntry()) {
                if (entry.isFile()) {
                    change.entry(tar, entry.getName(), original.readAllBytes());
                }
            }
        }
        return file;
    }

    /** Writes an entry of an archive, or something else in its place. */
    private interface Change {
        void entry(TarArchiveOutputStream tar, String name, byte[] content) throws IOException;
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void assertOnlyArchiveThere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly("image.tar");
        }
        assertThat(folder.resolveSibling("evil")).doesNotExist();
    }

    @Test
    void shouldWriteNothingWhateverArchivesName() throws IOException {
        Path file = archive((tar, name, content) -> {
            put(tar, name, content);
            if (name.equals("index.json")) {
                put(tar, "../evil", content);
                put(tar, folder.resolveSibling("evil").toString(), content);
            }
        });

        inspectAll(ImageInspection.of(ImageFile.open(file.toString(), "amd64"), "x", Analysis.LEGACY));

        assertOnlyArchiveThere();
    }

    @Test
    void shouldRefuseNamesThatComeTwice() throws IOException {
        Path file = archive((tar, name, content) -> {
            put(tar, name, content);
            put(tar, name, content);
        });

        assertThatThrownBy(() -> ImageFile.open(file.toString(), "amd64"))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void shouldRefuseContentsOfOtherDigests() throws IOException {
        Path file = archive((tar, name, content) -> {
            boolean blob = name.contains("blobs/");
            put(tar, name, blob ? Arrays.copyOf(content, content.length + 1) : content);
        });

        assertThatThrownBy(() -> ImageFile.open(file.toString(), "amd64"))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("mismatched digest");
    }

    @Test
    void shouldRefuseArchivesThatSwell() throws IOException {
        Path file = archive((tar, name, content) -> put(tar, name, content));
        byte[] bytes = Files.readAllBytes(file);
        // The size of the first entry, in octal digits, and the checksum of its header, which is taken with blanks in
        // its own place.
        byte[] size = "07777777777\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, bytes, 124, size.length);
        Arrays.fill(bytes, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += bytes[i] & 0xff;
        }
        byte[] checksum = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, bytes, 148, checksum.length);
        Files.write(file, bytes);

        assertThatThrownBy(() -> ImageFile.open(file.toString(), "amd64"))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("too large");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void shouldSurviveChangedArchives(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] original = Corner.bytes("inspect_corner.tar");
        Path file = folder.resolve("image.tar");
        for (int round = 0; round < 60; round++) {
            byte[] bytes = original.clone();
            for (int i = random.nextInt(40); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            try {
                ImageInspection.of(ImageFile.open(file.toString(), "amd64"), "x", Analysis.LEGACY)
                        .keys();
            } catch (BpfException | GadgetException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(file);
            }
        }
    }
}
