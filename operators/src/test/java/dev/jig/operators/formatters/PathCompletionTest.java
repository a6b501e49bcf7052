// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathCompletionTest {
    private final PathCompletion completion = new PathCompletion(Path.of("/proc"));

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void make() throws IOException {
        folder = folder.toRealPath();
        Files.createDirectories(folder.resolve("real/deep"));
        Files.createSymbolicLink(folder.resolve("short"), Path.of("real/deep"));
        Files.createSymbolicLink(folder.resolve("real/file"), Path.of("target"));
        Files.createFile(folder.resolve("real/target"));
    }

    private String complete(String marked) throws IOException {
        long own = ((Number) Files.getAttribute(Path.of("/proc/self/ns/mnt"), "unix:ino")).longValue();
        return completion.complete(marked, 4_194_304, own);
    }

    @Test
    void shouldResolveTheFolder() throws IOException {
        assertThat(complete("/" + folder + "/short/../new")).isEqualTo(folder + "/real/new");
        assertThat(complete("//" + folder + "//short//new/")).isEqualTo(folder + "/real/deep/new");
    }

    @Test
    void shouldNotFollowTheLastPart() throws IOException {
        assertThat(complete("/" + folder + "/real/file")).isEqualTo(folder + "/real/file");
    }

    @Test
    void shouldFollowTheLastPartIfAsked() throws IOException {
        assertThat(complete("//." + folder + "/real/file")).isEqualTo(folder + "/real/target");
    }

    @Test
    void shouldResolveFoldersAsTheLastPart() throws IOException {
        assertThat(complete("/" + folder + "/short/..")).isEqualTo(folder + "/real");
        assertThat(complete("//")).isEqualTo("/");
        assertThat(complete("//x")).isEqualTo("/x");
    }

    @Test
    void shouldTidyUpWhatCannotBeResolved() throws IOException {
        assertThat(complete("//no/such/./../folder//file")).isEqualTo("/no/folder/file");
        assertThat(completion.complete("//a/../b", 4_194_304, 1)).isEqualTo("/b");
    }
}
