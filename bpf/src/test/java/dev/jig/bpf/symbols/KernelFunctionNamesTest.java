// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFunctionNamesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path symbols = Path.of("");

    @BeforeEach
    void write() throws IOException {
        symbols = Files.writeString(folder.resolve("kallsyms"), """
                ffffffff81000000 t finish_task_switch.cold
                ffffffff81000100 t finish_task_switch.isra.0
                ffffffff81000200 T vfs_read
                ffffffff81000300 t split_huge.part.0.constprop.0	[module]
                """);
    }

    @Test
    void shouldFindCopiesThatCompilersMake() {
        assertThat(KernelFunctionNames.in(symbols, "finish_task_switch").variant())
                .contains("finish_task_switch.isra.0");
        assertThat(KernelFunctionNames.in(symbols, "split_huge").variant()).contains("split_huge.part.0.constprop.0");
        assertThat(KernelFunctionNames.in(symbols, "finish_task").variant()).isEmpty();
    }

    @Test
    void shouldFindTheNearestName() {
        assertThat(KernelFunctionNames.in(symbols, "vfs_raed"))
                .isEqualTo(new KernelFunctionNames(java.util.Optional.empty(), " (nearest: vfs_read)"));
        assertThat(KernelFunctionNames.in(symbols, "something_else").nearest()).isEmpty();
        assertThat(KernelFunctionNames.in(folder.resolve("absent"), "vfs_read").nearest())
                .isEmpty();
    }
}
