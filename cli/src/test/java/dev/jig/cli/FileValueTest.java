// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileValueTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldReadTheWholeFile() throws IOException {
        Path file = Files.writeString(folder.resolve("value"), "a\nb\n");

        assertThat(FileValue.read("comm", "@" + file)).isEqualTo("a\nb\n");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThatThrownBy(() -> FileValue.read("comm", "@/nonexistent"))
                .isInstanceOf(CliException.class)
                .hasMessage("invalid argument \"@/nonexistent\" for \"--comm\" flag: reading file \"/nonexistent\""
                        + " for parameter \"comm\": open /nonexistent: no such file or directory");
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() {
        assertThatThrownBy(() -> FileValue.read("comm", "@" + folder)).hasMessageContaining("Is a directory");
    }
}
