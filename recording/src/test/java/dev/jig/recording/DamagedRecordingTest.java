// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.datasource.DataSourceException;
import dev.jig.datasource.Utf8Buffer;
import dev.jig.gadget.GadgetException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a recording that lost some of its bytes, or was made by somebody who means harm. */
class DamagedRecordingTest {
    private static final int EVENTS_PER_BLOCK = 40;
    private static final int ROUNDS = 300;

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private byte[] whole = {};
    private Runs.Seen live = new Runs.Seen(List.of(), Map.of(), List.of());

    @BeforeEach
    void record() throws IOException {
        file = folder.resolve("run.jig");
        live = Runs.record(file, emitter -> {
            for (int i = 0; i < EVENTS_PER_BLOCK; i++) {
                emitter.call(i + 1, i, i & 15, "event " + i);
            }
            emitter.top(3, "element");
        });
        whole = Files.readAllBytes(file);
    }

    private Runs.Seen replay(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return Runs.replay(file);
    }

    /** Where a block begins. */
    private int block(int number) {
        ByteBuffer view = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (int i = 0; i < number; i++) {
            at += BlockHeader.SIZE + view.getInt(at + 20);
        }
        return at;
    }

    @Test
    void shouldReplayWholeBlocksOfARecordingThatIsCutAnywhere() throws IOException {
        int events = block(1);
        int end = block(2);
        for (int length = events; length < whole.length; length++) {
            Runs.Seen seen = replay(Arrays.copyOf(whole, length));

            assertThat(seen.packets()).isEqualTo(length < end ? List.of() : live.packets());
            assertThat(seen.messages()).singleElement().asString().contains("was not ended in order");
        }
    }

    @Test
    void shouldSayHowMuchIsCut() throws IOException {
        Runs.Seen seen = replay(Arrays.copyOf(whole, block(1) + 50));

        assertThat(seen.messages())
                .containsExactly(file + ": the recording was not ended in order; of block 1 at byte " + block(1)
                        + ", it is cut off, 50 bytes are left out");
    }

    @Test
    void shouldRefuseARecordingWithoutItsDescription() {
        for (int length : new int[] {BlockHeader.SIZE, block(1) - 1}) {
            assertThatThrownBy(() -> replay(Arrays.copyOf(whole, length)))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("it is cut off");
        }
    }

    @Test
    void shouldPassOverADamagedBlock() throws IOException {
        whole[block(1) + BlockHeader.SIZE + 20] ^= 1;

        Runs.Seen seen = replay(whole);

        assertThat(seen.packets()).isEmpty();
        assertThat(seen.messages())
                .containsExactly(file + ": block 1 at byte " + block(1) + " is damaged: its " + (EVENTS_PER_BLOCK + 3)
                        + " records are missing");
    }

    @Test
    void shouldStopWhereAHeaderIsDamaged() throws IOException {
        whole[block(1) + 24] ^= 1;

        assertThat(replay(whole).messages()).singleElement().asString().contains("its header is damaged");
    }

    @Test
    void shouldRefuseWhatIsNoRecording() {
        for (String text : new String[] {"", "x", "{\"some\": \"json\"} ".repeat(10)}) {
            assertThatThrownBy(() -> replay(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(RecordingException.class)
                    .hasMessage(file + " is not a recording of ig run --record");
        }
    }

    @Test
    void shouldRefuseALaterVersion() {
        whole[12] = 2;

        assertThatThrownBy(() -> replay(whole))
                .hasMessage(file + " is a recording of version 2; this program reads version 1");
    }

    @Test
    void shouldRefuseAFolder() {
        assertThatThrownBy(() -> Recording.open(folder)).isInstanceOf(RecordingException.class);
    }

    @Test
    void shouldSayThatThereIsNone() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> Recording.open(missing))
                .hasMessage("reading recording " + missing + ": no such file or folder");
    }

    /** Bytes may change at random: what comes is a recording with gaps, or a sentence. */
    @Test
    void shouldSurviveChangedBytes() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = whole.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            survive(changed);
        }
    }

    /** The same with checksums that fit, so that what is inside is reached. */
    @Test
    void shouldSurviveLyingBlocks() throws IOException {
        byte[] description = content(0);
        byte[] events = content(1);
        Random random = new Random(2);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changedDescription = description.clone();
            byte[] changedEvents = events.clone();
            byte[] changed = random.nextBoolean() ? changedDescription : changedEvents;
            for (int j = random.nextInt(4); j >= 0; j--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            survive(file(changedDescription, changedEvents));
        }
    }

    @Test
    void shouldRefuseMoreTextsThanThereIsMemoryFor() throws IOException {
        byte[] description = content(0);
        byte[] events = content(1);
        try (Utf8Buffer many = new Utf8Buffer(0)) {
            // The start of a block, and behind it texts of no bytes.
            many.append(Arrays.copyOf(events, 17));
            for (int i = 0; i <= ReplayTexts.MOST; i++) {
                many.append((byte) EntryType.TEXT);
                many.append((byte) 0);
            }
            byte[] made = file(description, many.toByteArray());

            assertThatThrownBy(() -> replay(made))
                    .hasMessage(file + ": block 1: there are more than " + ReplayTexts.MOST + " texts");
        }
    }

    @Test
    void shouldRefuseADescriptionThatIsTooLarge() throws IOException {
        byte[] made = file(new byte[Description.LARGEST + 1], new byte[0]);

        assertThatThrownBy(() -> replay(made)).hasMessageContaining("the limit is " + Description.LARGEST);
    }

    @Test
    void shouldRefuseMorePayloadsThanFields() throws IOException {
        String description = new String(content(0), StandardCharsets.UTF_8);
        String lying = description.replaceFirst("\"payloadIndex\":0", "\"payloadIndex\":60000");
        byte[] made = file(lying.getBytes(StandardCharsets.UTF_8), content(1));

        assertThatThrownBy(() -> replay(made)).hasMessageContaining("has payload 60000, but there are 5 fields");
    }

    private void survive(byte[] bytes) throws IOException {
        try {
            Runs.Seen seen = replay(bytes);
            assertThat(seen.packets().size()).isLessThanOrEqualTo(10 * EVENTS_PER_BLOCK);
        } catch (GadgetException | DataSourceException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private byte[] content(int number) throws IOException {
        try (BlockReader reader = new BlockReader(file)) {
            Optional<Block> block = reader.next();
            for (int i = 0; i < number; i++) {
                block = reader.next();
            }
            return block.orElseThrow().content().toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** A recording with these blocks. */
    private byte[] file(byte[] description, byte[] events) throws IOException {
        Path made = folder.resolve("made.jig");
        try (RecordingFile out = RecordingFile.create(made, true)) {
            write(out, BlockKind.DESCRIPTION, description);
            write(out, BlockKind.EVENTS, events);
        }
        return Files.readAllBytes(made);
    }

    private static void write(RecordingFile out, BlockKind kind, byte[] content) {
        try (Utf8Buffer buffer = new Utf8Buffer(content.length)) {
            buffer.append(content);
            out.write(kind, buffer, 0);
        }
    }
}
