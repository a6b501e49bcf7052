// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.elf.ElfException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class LibraryCacheTest {
    private static LibraryCache read(byte[] bytes) {
        return LibraryCache.read(FileContents.of("ld.so.cache", bytes));
    }

    @Test
    void shouldFindLibrariesOfAllVersions() {
        LibraryCache cache = read(LibraryCaches.newFormat(
                "libssl.so.3",
                "/lib/libssl.so.3",
                "libc.so.6",
                "/lib/libc.so.6",
                "libssl.so.1.1",
                "/old/libssl.so.1.1"));

        assertThat(cache.find("libssl")).containsExactly("/lib/libssl.so.3", "/old/libssl.so.1.1");
        assertThat(cache.find("libc")).containsExactly("/lib/libc.so.6");
        assertThat(cache.find("lib")).isEmpty();
        assertThat(cache.find("libcrypt")).isEmpty();
    }

    @Test
    void shouldReadTheOldFormat() {
        assertThat(read(LibraryCaches.oldFormat("libc.so.6", "/lib/libc.so.6")).find("libc"))
                .containsExactly("/lib/libc.so.6");
    }

    @Test
    void shouldReadTheNewFormatBehindTheOldOne() {
        byte[] old = LibraryCaches.oldFormat();
        byte[] added = LibraryCaches.newFormat("libc.so.6", "/lib/libc.so.6");
        ByteBuffer both = ByteBuffer.allocate(16 + added.length).put(old, 0, 16).put(added);

        assertThat(read(both.array()).find("libc")).containsExactly("/lib/libc.so.6");
    }

    @Test
    void shouldReturnABoundedNumber() {
        String[] many = new String[400];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "libx.so." + i;
            many[i + 1] = "/lib/libx.so." + i;
        }
        assertThat(read(LibraryCaches.newFormat(many)).find("libx")).hasSize(64);
    }

    @Test
    void shouldRefuseOtherFiles() {
        assertThatThrownBy(() -> read(new byte[100]))
                .isInstanceOf(ElfException.class)
                .hasMessage("ld.so.cache: library cache: neither of the known formats");
        assertThatThrownBy(() -> read(new byte[(16 << 20) + 1])).hasMessageContaining("more than 16777216");
        byte[] short1 = LibraryCaches.newFormat();
        ByteBuffer.wrap(short1).order(ByteOrder.nativeOrder()).putInt(20, 1000);
        assertThatThrownBy(() -> read(short1)).hasMessageContaining("entries: offset 48 and length 24000 exceed");
    }
}
