// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProcessMapsTest {
    private static final String SOME = """
            55d000000000-55d000001000 r--p 00000000 fd:01 77         /usr/bin/a b (deleted)
            55d000001000-55d000003000 r-xp 00001000 fd:01 77         /usr/bin/a b (deleted)
            7f0000000000-7f0000001000 rwxp 00000000 00:00 0
            7f0000001000-7f0000002000 r-xp 00000000 00:01 3          /memfd:jit (deleted)
            7ffd00000000-7ffd00001000 r-xp 00000000 00:00 0          [vdso]
            ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]
            broken line
            1-2 r-xp
            zz-yy r-xp 00000000 00:00 0 /x
            """;

    private static ProcessMaps parse(String text) {
        return ProcessMaps.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldFindWhatCanBeExecuted() {
        ProcessMaps maps = parse(SOME);

        assertThat(maps.find(0x55d000000000L)).isEmpty();
        ProcessMaps.Region program = maps.find(0x55d000002fffL).orElseThrow();
        assertThat(program.name()).isEqualTo("/usr/bin/a b (deleted)");
        assertThat(program.offset()).isEqualTo(0x1000);
        assertThat(program.identity()).isEqualTo("fd:01 77");
        assertThat(program.link()).isEqualTo("55d000001000-55d000003000");
        assertThat(program.isFile()).isTrue();
        assertThat(maps.find(0x55d000003000L)).isEmpty();
        assertThat(maps.find(0x7f0000000000L).orElseThrow().isFile()).isFalse();
        assertThat(maps.find(0x7f0000001000L).orElseThrow().isFile()).isFalse();
        assertThat(maps.named("[vdso]")).isPresent();
        assertThat(maps.find(0xffffffffff600800L)).isPresent();
        assertThat(maps.find(-1)).isEmpty();
        assertThat(maps.find(1)).isEmpty();
    }

    @Test
    void shouldReadThisProcess() {
        assertThat(ProcessMaps.of(Path.of("/proc/self")).flatMap(maps -> maps.named("[vdso]")))
                .isPresent();
        assertThat(ProcessMaps.of(Path.of("/proc/0"))).isEmpty();
    }

    @Test
    void shouldSurviveAnyText() {
        Random random = new Random(6);
        byte[] original = SOME.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5000; round++) {
            byte[] garbled = original.clone();
            for (int i = random.nextInt(20); i >= 0; i--) {
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt(256);
            }
            assertThat(ProcessMaps.parse(garbled).find(random.nextLong())).isNotNull();
        }
    }
}
