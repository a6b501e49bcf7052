// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSymbolsTest {
    @TempDir
    Path directory;

    private KernelSymbols symbols(String text) throws IOException {
        return KernelSymbols.of(Files.writeString(directory.resolve("kallsyms"), text));
    }

    @Test
    void shouldFindAddresses() throws IOException {
        KernelSymbols symbols = symbols("""
                ffffffff81000000 T _stext
                ffffffff81000010 t init_task_extra
                ffffffff82a12345 D init_task
                ffffffffc0001000 t nf_hook\t[nf_tables]
                """);
        assertThat(symbols.address("_stext")).hasValue(0xffffffff81000000L);
        assertThat(symbols.address("init_task")).hasValue(0xffffffff82a12345L);
        assertThat(symbols.address("nf_hook")).hasValue(0xffffffffc0001000L);
        assertThat(symbols.address("init")).isEmpty();
        assertThat(symbols.address("task")).isEmpty();
    }

    @Test
    void shouldNotTakeHiddenAddressesForReal() throws IOException {
        assertThat(symbols("0000000000000000 T _stext\n").address("_stext")).isEmpty();
    }

    @Test
    void shouldSurviveWhatItCannotRead() throws IOException {
        assertThat(symbols("").address("a")).isEmpty();
        assertThat(symbols("x\n\n  \nzz T broken\n").address("broken")).isEmpty();
        assertThat(KernelSymbols.of(directory.resolve("missing")).address("a")).isEmpty();
    }
}
