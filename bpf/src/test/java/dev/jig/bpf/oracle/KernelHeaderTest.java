// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.btf.ExtensionSection;
import dev.jig.bpf.object.ObjectFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header {@code vmlinux.h} that {@code scripts/make-vmlinux} makes has, for both architectures, what gadgets rely on. */
@Tag("oracle")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelHeaderTest {
    private static final Path TYPES = Path.of("src", "test", "bpf", "header", "kernel_types.c");
    private Toolchain toolchain;

    @BeforeAll
    void prepare() throws IOException, InterruptedException {
        toolchain = Toolchain.clangOnly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "arm64"})
    void shouldHaveAllThatGadgetsRelyOn(String architecture) throws IOException, InterruptedException {
        Path object = toolchain.compile(TYPES, "kernel_types." + architecture + ".o", List.of("-Werror"), architecture);

        assertThat(relocations(object)).isGreaterThan(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "arm64"})
    void shouldLeaveTypesAloneWhereAsked(String architecture) throws IOException, InterruptedException {
        Path source = Files.writeString(
                toolchain.output().resolve("plain.c"),
                "#define BPF_NO_PRESERVE_ACCESS_INDEX\n#include <vmlinux.h>\nint f(struct task_struct *t) { return t->tgid; }\n");
        Path object = toolchain.compile(source, "plain." + architecture + ".o", List.of("-Werror"), architecture);

        assertThat(relocations(object)).isZero();
    }

    static List<String> gadgets() throws IOException {
        return Toolchain.gadgets();
    }

    /** Kernels without CONFIG_AUDIT have no login ids. */
    @ParameterizedTest
    @MethodSource("gadgets")
    void shouldCompileGadgetsOnAKernelWithoutAudit(String gadget) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(toolchain.output().resolve("no-audit"));
        List<String> types = Files.readAllLines(toolchain.kernelHeader("amd64"));
        Files.write(
                folder.resolve("vmlinux.h"),
                types.stream()
                        .filter(line -> !line.equals("\tkuid_t loginuid;") && !line.equals("\tunsigned int sessionid;"))
                        .toList());

        Path object = toolchain.compile(
                Toolchain.gadgetSource(gadget), gadget + ".no-audit.o", List.of("-I" + folder), "amd64");

        assertThat(relocations(object)).isPositive();
    }

    private static int relocations(Path object) throws IOException {
        ObjectFile parsed = ObjectFile.parse(object.toString(), Files.readAllBytes(object));
        int count = 0;
        for (ExtensionSection section : parsed.extension().relocations()) {
            count += section.count();
        }
        return count;
    }
}
