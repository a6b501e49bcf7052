// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFilesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path cache = Path.of("");

    @BeforeEach
    void resolve() throws IOException {
        folder = folder.toRealPath();
        cache = folder.resolve("ld.so.cache");
    }

    private UserFiles files(String searchPath) {
        return new UserFiles(cache, folder, searchPath);
    }

    private static UserTarget target(String file) {
        return new UserTarget(file, "f", 0);
    }

    @Test
    void shouldTakePathsAsTheyAre() {
        assertThat(files("/bin").find(target("/opt/x"))).containsExactly(Path.of("/opt/x"));
    }

    @Test
    void shouldFindEachLibraryOnce() throws IOException {
        Path library = Files.createFile(folder.resolve("liba.so.1.2"));
        Path link = Files.createSymbolicLink(folder.resolve("liba.so.1"), library);
        Files.write(
                cache,
                LibraryCaches.newFormat(
                        "liba.so.1",
                        link.toString(),
                        "liba.so.1.2",
                        library.toString(),
                        "liba.so.9",
                        "/gone/liba.so.9"));

        assertThat(files("").find(target("liba"))).containsExactly(library);
    }

    @Test
    void shouldFindProgramsOnTheSearchPath() throws IOException {
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.createDirectory(folder.resolve("tool"));
        Path tool = Files.createFile(
                second.resolve("tool"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThat(files("relative::" + folder + ":" + second).find(target("tool")))
                .containsExactly(tool);
    }

    @Test
    void shouldSayWhereItLooked() {
        assertThatThrownBy(() -> files("/nonexistent").find(target("nosuch")))
                .hasMessage("there is neither a library nosuch.so in " + cache + " nor a program nosuch in PATH");
    }

    @Test
    void shouldFindLibrariesOfMuslInTheUsualFolders() throws IOException {
        Path usual = Files.createDirectories(folder.resolve("usr/lib"));
        Path library = Files.createFile(usual.resolve("liba.so.3"));
        Files.createFile(usual.resolve("libab.so.3"));
        Path libc =
                Files.createFile(Files.createDirectories(folder.resolve("lib")).resolve("libc.musl-x86_64.so.1"));

        assertThat(files("").find(target("liba"))).containsExactly(library);
        assertThat(files("").find(target("libc"))).containsExactly(libc);
    }

    @Test
    void shouldFindLibrariesOfMuslInTheListedFolders() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("etc")).resolve("ld-musl-x86_64.path"), "/one:/two\n/three\n");
        Files.createFile(Files.createDirectories(folder.resolve("usr/lib")).resolve("liba.so"));
        Path library = Files.createFile(
                Files.createDirectories(folder.resolve("three")).resolve("liba.so"));

        assertThat(files("").find(target("liba"))).containsExactly(library);
    }
}
