// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ids;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.datasource.Utf8Literal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdNamesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldNameUsers() throws IOException {
        Path file = Files.writeString(
                folder.resolve("passwd"), "root:x:0:0:root:/root:/bin/sh\n# no:x:3:\njürgen:x:1000:1000::/:/bin/sh\n");
        IdNames names = new IdNames(file, "uid:", System::nanoTime);

        assertThat(names.of(0)).isEqualTo(Utf8Literal.of("root"));
        assertThat(names.of(1000)).isEqualTo(Utf8Literal.of("jürgen"));
        assertThat(names.of(3)).isEqualTo(Utf8Literal.of("uid:3"));
        assertThat(names.of(4294967295L)).isEqualTo(Utf8Literal.of("uid:4294967295"));
    }

    @Test
    void shouldSeeANewNameInALaterBatch() throws IOException {
        Path file = Files.writeString(folder.resolve("passwd"), "old:x:7:7::/:/bin/sh\n");
        AtomicLong time = new AtomicLong();
        IdNames names = new IdNames(file, "uid:", time::get);
        assertThat(names.of(7)).isEqualTo(Utf8Literal.of("old"));
        Files.writeString(file, "new:x:7:7::/:/bin/sh\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        time.addAndGet(2_000_000_000L);

        assertThat(names.of(7)).isEqualTo(Utf8Literal.of("old"));
        names.endBatch();
        assertThat(names.of(7)).isEqualTo(Utf8Literal.of("new"));
    }

    @Test
    void shouldNotLookAtTheFileTwiceInASecond() throws IOException {
        Path file = Files.writeString(folder.resolve("passwd"), "old:x:7:7::/:/bin/sh\n");
        AtomicLong time = new AtomicLong();
        IdNames names = new IdNames(file, "uid:", time::get);
        assertThat(names.of(7)).isEqualTo(Utf8Literal.of("old"));
        Files.writeString(file, "new:x:7:7::/:/bin/sh\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        time.addAndGet(900_000_000L);
        names.endBatch();

        assertThat(names.of(7)).isEqualTo(Utf8Literal.of("old"));
    }

    @Test
    void shouldDoWithoutTheFile() {
        assertThat(new IdNames(folder.resolve("none"), "gid:", System::nanoTime).of(5))
                .isEqualTo(Utf8Literal.of("gid:5"));
    }

    @Test
    void shouldPassOverLinesThatAreNoEntries() {
        assertThat(IdNames.parse(
                        "\n:\n::\na\nb:x\nc:x:\nd:x:y:\n:x:1:\ne:x:-5:\nf:x:99999999999999999999:\n  g:x:7\nh:x:7:\n"))
                .containsEntry(7L, "g")
                .hasSize(1);
    }
}
