// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BuildIdTest {
    private static byte[] note(String owner, int type, byte[] description) {
        ByteBuffer note = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        byte[] name = (owner + "\0").getBytes(StandardCharsets.UTF_8);
        note.putInt(name.length).putInt(description.length).putInt(type).put(name);
        note.position(note.position() + 3 & ~3).put(description);
        note.position(note.position() + 3 & ~3).flip();
        byte[] bytes = new byte[note.remaining()];
        note.get(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    @Test
    void shouldFindTheBuildIdAmongOtherNotes() {
        byte[] notes = joined(note("Linux", 6, new byte[] {1, 2, 3}), note("GNU", 3, new byte[] {9, 8, 7, 6, 5}));

        assertThat(BuildId.find(notes)).hasValueSatisfying(id -> assertThat(id).containsExactly(9, 8, 7, 6, 5));
    }

    @Test
    void shouldFindNothingInOtherNotes() {
        assertThat(BuildId.find(new byte[0])).isEmpty();
        assertThat(BuildId.find(note("GNU", 1, new byte[4]))).isEmpty();
        assertThat(BuildId.find(note("GNV", 3, new byte[4]))).isEmpty();
    }

    @Test
    void shouldFindNothingInDamagedNotes() {
        byte[] notes = note("GNU", 3, new byte[20]);
        notes[7] = 0x7f;

        assertThat(BuildId.find(notes)).isEmpty();
        notes[3] = 0x7f;
        assertThat(BuildId.find(notes)).isEmpty();
        assertThat(BuildId.find(new byte[] {4, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0}))
                .isEmpty();
    }
}
