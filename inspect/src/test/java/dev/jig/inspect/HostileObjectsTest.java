// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.GadgetException;
import dev.jig.image.Descriptor;
import dev.jig.image.GadgetImage;
import dev.jig.image.ImageFile;
import dev.jig.image.ImageName;
import dev.jig.image.Manifest;
import dev.jig.image.MediaType;
import dev.jig.inspect.flow.ObjectFlow;
import dev.jig.inspect.permission.PermissionFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects and images as nobody should make them. */
class HostileObjectsTest {
    private static final int ROUNDS = 400;

    @TempDir
    private Path folder = Path.of("");

    /** Whether bytes were read; a failure must be one that has words for people. */
    private static boolean isRead(byte[] bytes) {
        try {
            ObjectFile object = ObjectFile.parse("fuzzed", bytes);
            ImageInspection.ofObject(
                            new GadgetImage(
                                    descriptor -> bytes,
                                    ImageName.parse("fuzzed"),
                                    "",
                                    new Manifest(
                                            Descriptor.of(MediaType.METADATA, new byte[0]),
                                            List.of(Descriptor.of(MediaType.EBPF, bytes)),
                                            Map.of())),
                            Analysis.LEGACY)
                    .keys();
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
