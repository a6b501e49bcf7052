// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each program in {@code src/test/bpf} and each gadget of the catalogue: the instructions we link are, byte for byte, those that libbpf would load; and what the
 * kernel makes of them is what it makes of libbpf's.
 */
@Tag("oracle")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleTest {
    private Toolchain toolchain;
    private Libbpf libbpf;
    private Jig jig;

    @BeforeAll
    void prepare() throws IOException, InterruptedException {
        toolchain = Toolchain.prepare();
        Requirement.check(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
        libbpf = toolchain.libbpf();
        jig = new Jig();
    }

    static List<String> programs() throws IOException {
        return Toolchain.programs();
    }

    static List<String> gadgets() throws IOException {
        return Toolchain.gadgets();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldLinkLikeLibbpf(String name) throws IOException, InterruptedException {
        compareLinked(toolchain.compile(name), toolchain.compileTarget(name));
    }

    @ParameterizedTest
    @MethodSource("gadgets")
    void shouldLinkGadgetsLikeLibbpf(String name) throws IOException, InterruptedException {
        compareLinked(toolchain.compileGadget(name, "amd64"), Optional.empty());
        compareLinked(toolchain.compileGadget(name, "arm64"), Optional.empty());
    }

    @Test
    void shouldLinkAPublishedGadgetLikeLibbpf() throws IOException, InterruptedException {
        compareLinked(Toolchain.published(), Optional.empty());
    }

    private void compareLinked(Path object, Optional<Path> target) throws IOException, InterruptedException {
        compare(object, jig.linked(object, target), libbpf.linked(object, target));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldBeLoadedLikeLibbpf(String name) throws IOException, InterruptedException {
        compareLoaded(toolchain.compile(name), toolchain.compileTarget(name));
    }

    @ParameterizedTest
    @MethodSource("gadgets")
    void shouldLoadGadgetsLikeLibbpf(String name) throws IOException, InterruptedException {
        compareLoaded(toolchain.compileGadget(name, "amd64"), Optional.empty());
    }

    @Test
    void shouldLoadAPublishedGadgetLikeLibbpf() throws IOException, InterruptedException {
        compareLoaded(Toolchain.published(), Optional.empty());
    }

    private void compareLoaded(Path object, Optional<Path> target) throws IOException, InterruptedException {
        compare(object, jig.loaded(object, target), libbpf.loaded(object, target));
    }

    private static void compare(Path object, String said, String saidByLibbpf) {
        Map<String, String> ours = ProgramTexts.byName(said);
        Map<String, String> theirs = ProgramTexts.byName(saidByLibbpf);

        assertThat(ours.keySet()).isEqualTo(theirs.keySet()).isNotEmpty();
        theirs.forEach((program, text) -> assertThat(ours.get(program))
                .as("program %s of %s", program, object)
                .isEqualTo(text));
    }
}
