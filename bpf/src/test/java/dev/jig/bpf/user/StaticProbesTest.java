// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Fuzzing;
import dev.jig.bpf.elf.ElfException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaticProbesTest {
    private static final long BASE = Executables.sectionAddress(2);
    private static final long CODE = Executables.CODE_ADDRESS;

    private static byte[] program(byte[]... notes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] note : notes) {
            all.writeBytes(note);
        }
        Map<String, byte[]> sections = new LinkedHashMap<>();
        sections.put(".note.stapsdt", all.toByteArray());
        sections.put(".stapsdt.base", new byte[1]);
        return Executables.withSections(sections);
    }

    private static List<StaticProbe> find(byte[] program, String provider, String probe) {
        try (ExecutableFile file = ExecutableFile.open(FileContents.of("x", program))) {
            return StaticProbes.find(file, provider, probe);
        }
    }

    @Test
    void shouldFindAllPlacesOfAProbe() {
        byte[] program = program(
                Executables.staticProbeNote(CODE + 8, BASE, 0, "p", "one"),
                Executables.staticProbeNote(CODE + 16, BASE, CODE + 0x80, "p", "two"),
                Executables.staticProbeNote(CODE + 24, BASE, 0, "p", "one"),
                Executables.staticProbeNote(CODE + 32, BASE, 0, "other", "one"));

        assertThat(find(program, "p", "one")).containsExactly(new StaticProbe(8, 0), new StaticProbe(24, 0));
        assertThat(find(program, "p", "two")).containsExactly(new StaticProbe(16, 0x80));
    }

    @Test
    void shouldFollowTheBaseWhenItMoved() {
        long old = 0x10_0000;
        byte[] program =
                program(Executables.staticProbeNote(CODE + 8 + old - BASE, old, CODE + old - BASE, "p", "one"));

        assertThat(find(program, "p", "one")).containsExactly(new StaticProbe(8, 0));
    }

    @Test
    void shouldNameTheProbesThatThereAre() {
        byte[] program = program(
                Executables.staticProbeNote(CODE, BASE, 0, "p", "one"),
                Executables.staticProbeNote(CODE, BASE, 0, "q", "two"));

        assertThatThrownBy(() -> find(program, "p", "two"))
                .isInstanceOf(ElfException.class)
                .hasMessage("x has no static probe p:two, only p:one, q:two");
    }

    @Test
    void shouldRefuseNotesThatOverflow() {
        byte[] huge = note(8, -1);
        byte[] beyond = note(8, 0x1000);
        byte[] name = note(0x7fff_ffff, 8);

        assertThatThrownBy(() -> find(program(huge), "p", "one")).hasMessageContaining("content of 4294967295 bytes");
        assertThatThrownBy(() -> find(program(name), "p", "one")).hasMessageContaining("name of 2147483647 bytes");
        assertThatThrownBy(() -> find(program(beyond), "p", "one")).isInstanceOf(ElfException.class);
        byte[] outside = program(Executables.staticProbeNote(0x10, BASE, 0, "p", "one"));
        assertThatThrownBy(() -> find(outside, "p", "one"))
                .hasMessage("x: static probe at address 0x10 is in no executable segment");
        byte[] semaphore = program(Executables.staticProbeNote(CODE, BASE, 0x20, "p", "one"));
        assertThatThrownBy(() -> find(semaphore, "p", "one"))
                .hasMessageContaining("semaphore at address 0x20 is in no segment of the file");
    }

    private static byte[] note(int name, int content) {
        byte[] note = Executables.staticProbeNote(CODE, BASE, 0, "p", "one");
        ByteBuffer.wrap(note).order(ByteOrder.LITTLE_ENDIAN).putInt(name).putInt(content);
        return note;
    }

    @Test
    void shouldSurviveGarbledNotes() {
        byte[] program = program(
                Executables.staticProbeNote(CODE + 8, BASE, 0, "p", "one"),
                Executables.staticProbeNote(CODE + 16, BASE, CODE + 0x80, "p", "two"));

        Fuzzing.fuzz(program, 15, bytes -> assertThat(find(bytes, "p", "two")).hasSizeLessThan(3));
    }
}
