// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfMapTest {
    private static final String SOME = """
            7f0010 20 Interpreter
            0x7f0040 0x10 LazyCompile:~main /app/x.js:1
            7f0060 8 old
            7f0060 10 void Main.run()
            nonsense
            1
            1 2
            11111111111111111 1 too long
            """;

    @TempDir
    private Path folder = Path.of("");

    private static PerfMap parse(String text) {
        return PerfMap.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldFindFunctions() {
        PerfMap map = parse(SOME);

        assertThat(map.nameAt(0x7f000f)).isEmpty();
        assertThat(map.nameAt(0x7f0010)).contains("Interpreter");
        assertThat(map.nameAt(0x7f002f)).contains("Interpreter");
        assertThat(map.nameAt(0x7f0030)).isEmpty();
        assertThat(map.nameAt(0x7f0041)).contains("LazyCompile:~main /app/x.js:1");
        assertThat(map.nameAt(0x7f006f)).contains("void Main.run()");
        assertThat(map.nameAt(0)).isEmpty();
    }

    @Test
    void shouldTakeOnlyFilesOfTheOwner() throws IOException {
        Path file = Files.writeString(folder.resolve("perf-1.map"), SOME);
        int owner = (Integer) Files.getAttribute(file, "unix:uid");

        assertThat(PerfMap.read(file, owner)).isPresent();
        assertThat(PerfMap.read(file, owner + 1).isPresent()).isEqualTo(owner == 0);
        assertThat(PerfMap.read(Files.createSymbolicLink(folder.resolve("link"), file), owner))
                .isEmpty();
        assertThat(PerfMap.read(folder, owner)).isEmpty();
        assertThat(PerfMap.read(folder.resolve("missing"), owner)).isEmpty();
    }

    @Test
    void shouldSurviveAnyText() {
        Random random = new Random(5);
        byte[] alphabet = "0123456789abcdefx \n".getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < 5000; round++) {
            byte[] text = new byte[random.nextInt(200)];
            for (int i = 0; i < text.length; i++) {
                text[i] = alphabet[random.nextInt(alphabet.length)];
            }
            PerfMap map = PerfMap.parse(text);
            assertThat(map.nameAt(-1)).isNotNull();
            assertThat(map.nameAt(random.nextInt(4096))).isNotNull();
        }
    }
}
