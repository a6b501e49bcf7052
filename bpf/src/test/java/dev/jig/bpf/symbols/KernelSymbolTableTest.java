// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.Fuzzing;
import dev.jig.testing.HostTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSymbolTableTest {
    private static final String SOME = """
            ffffffff81000000 T _stext
            ffffffff81000010 t do_open.isra.0
            ffffffff81000010 t same_place
            ffffffff81000030 t finish.cold
            ffffffff81000040 t finish.part.0
            ffffffffc0002000 t late\t[a_module]
            ffffffffc0001000 t early\t[another]
            """;

    @TempDir
    private Path folder = Path.of("");

    private KernelSymbolTable table(String text) throws IOException {
        return KernelSymbolTable.read(Files.writeString(folder.resolve("kallsyms"), text));
    }

    @Test
    void shouldFindTheSymbolThatAnAddressIsIn() throws IOException {
        KernelSymbolTable table = table(SOME);

        assertThat(table.size()).isEqualTo(7);
        assertThat(table.nameOf(0xffffffff80ffffffL)).isEmpty();
        assertThat(table.nameOf(0xffffffff81000000L)).contains("_stext");
        assertThat(table.nameOf(0xffffffff8100000fL)).contains("_stext");
        assertThat(table.nameOf(0xffffffff8100002fL)).contains("same_place");
        assertThat(table.nameOf(0xffffffffc0001fffL)).contains("early");
        assertThat(table.nameOf(-1)).contains("late");
        assertThat(table.nameOf(0)).isEmpty();
    }

    @Test
    void shouldFindFunctionsThatTheCompilerChanged() throws IOException {
        KernelSymbolTable table = table(SOME);

        assertThat(table.address("do_open")).hasValue(0xffffffff81000010L);
        assertThat(table.address("finish")).hasValue(0xffffffff81000040L);
        assertThat(table.address("early")).hasValue(0xffffffffc0001000L);
        assertThat(table.address("do")).isEmpty();
        assertThat(table.address("finish_")).isEmpty();
    }

    @Test
    void shouldTellWhereSymbolsEnd() throws IOException {
        KernelSymbolTable table = table(SOME);

        assertThat(table.end(0xffffffff81000010L)).hasValue(0xffffffff81000030L);
        assertThat(table.end(0xffffffffc0001000L)).hasValue(0xffffffffc0002000L);
        assertThat(table.end(0xffffffffc0002000L)).isEmpty();
    }

    @Test
    void shouldPutManySymbolsInOrder() throws IOException {
        Random random = new Random(7);
        TreeMap<Long, String> expected = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            long address = 0xffffffff80000000L + random.nextInt(1 << 30);
            expected.put(address, "s" + i);
            text.append(Long.toHexString(address)).append(" t s").append(i).append('\n');
        }
        KernelSymbolTable table = table(text.toString());

        for (int i = 0; i < 3000; i++) {
            long address = 0xffffffff80000000L + random.nextInt(1 << 30);
            var floor = expected.floorEntry(address);
            assertThat(table.nameOf(address).orElse("")).isEqualTo(floor == null ? "" : floor.getValue());
        }
    }

    @Test
    void shouldSayWhyThereAreNoAddresses() {
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> table("0000000000000000 T _stext\n"))
                .withMessageContaining("kernel.kptr_restrict");
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> KernelSymbolTable.read(folder.resolve("missing")))
                .withMessageContaining("missing");
    }

    @Test
    void shouldPassOverWhatIsNoSymbol() throws IOException {
        KernelSymbolTable table = table("\n \nx\n12345678901234567 T long_address\n1 T\n2 T \nzz T no\n"
                + "y".repeat(200_000) + "\n3 TT no\nff T yes");

        assertThat(table.size()).isEqualTo(1);
        assertThat(table.nameOf(0xff)).contains("yes");
    }

    @Test
    void shouldSurviveGarbledFiles() {
        Fuzzing.fuzz(SOME.getBytes(StandardCharsets.US_ASCII), 21, bytes -> {
            try {
                KernelSymbolTable table = KernelSymbolTable.read(Files.write(folder.resolve("garbled"), bytes));
                assertThat(table.nameOf(-1)).isPresent();
                assertThat(table.address("late").isPresent() || table.size() > 0)
                        .isTrue();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    @HostTest
    @Test
    void shouldReadThisKernel() {
        KernelSymbolTable table = KernelSymbolTable.running();

        long start = table.address("do_sys_openat2")
                .orElseGet(() -> table.address("do_sys_open").orElseThrow());
        assertThat(table.nameOf(start + 4).orElseThrow()).startsWith("do_sys_open");
        assertThat(table.end(start).orElseThrow()).isGreaterThan(start);
    }
}
