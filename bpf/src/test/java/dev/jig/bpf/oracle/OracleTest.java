// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.core.KernelTargets;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.elf.Symbol;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each program in {@code src/test/bpf}: the instructions we link are, byte for byte, those that libbpf would load. */
@Tag("oracle")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleTest {
    private Toolchain toolchain;
    private KernelBtf kernel;

    @BeforeAll
    void prepare() throws IOException, InterruptedException {
        toolchain = Toolchain.prepare();
        Requirement.check(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
        kernel = KernelBtf.open(Optional.empty());
    }

    static List<String> programs() throws IOException {
        return Toolchain.programs();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldLinkLikeLibbpf(String name) throws IOException, InterruptedException {
        Path object = toolchain.compile(name);
        Optional<Path> target = toolchain.compileTarget(name);

        assertThat(describe(object, target)).isEqualTo(toolchain.ask(object, target));
    }

    @Test
    void shouldLinkWhatUpstreamsBuilderMadeLikeLibbpf() throws IOException, InterruptedException {
        Path object = Path.of("src", "test", "resources", "dev", "jig", "bpf", "upstream.bpf.o");
        Path copy = Path.of("target", "oracle", "upstream.bpf.o");
        Files.write(copy, withWeakExterns(Files.readAllBytes(object)));

        assertThat(describe(copy, Optional.empty())).isEqualTo(toolchain.ask(copy, Optional.empty()));
    }

    /** Kernels without CONFIG_KALLSYMS_ALL do not know the variable that the gadget wants the address of; libbpf lets only weak symbols be missing. */
    private static byte[] withWeakExterns(byte[] object) {
        ElfFile elf = ElfFile.parse("upstream", object);
        byte[] changed = object.clone();
        for (Symbol symbol : elf.symbols()) {
            if (symbol.isUndefined() && symbol.name().equals("init_task")) {
                long table = elf.section(".symtab").orElseThrow().offset();
                changed[(int) table + symbol.index() * 24 + 4] = (byte) (Symbol.BINDING_WEAK << 4 | symbol.type());
            }
        }
        return changed;
    }

    private String describe(Path path, Optional<Path> target) throws IOException {
        ObjectFile object = ObjectFile.parse(path.getFileName().toString(), Files.readAllBytes(path));
        Linker linker = new Linker(object, target.isPresent() ? typesIn(target.get()) : new KernelTargets(kernel));
        LinkedProgramText text = new LinkedProgramText(kernel);
        StringBuilder result = new StringBuilder();
        for (ProgramSpec program : object.programs()) {
            result.append("program ").append(program.name()).append('\n');
            try {
                result.append(text.of(linker.link(program)));
            } catch (BpfException e) {
                result.append("refused\n");
            }
        }
        return result.toString();
    }

    private static CoreTargets typesIn(Path object) throws IOException {
        ElfFile elf = ElfFile.parse("target", Files.readAllBytes(object));
        return CoreTargets.of(Btf.parse("target", elf.bytes(elf.section(".BTF").orElseThrow())));
    }
}
