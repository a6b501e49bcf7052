// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.btf.BtfBuilder;
import dev.jig.bpf.btf.BtfSupport;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.core.KernelTargets;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.load.RunningKernelTypes;
import dev.jig.bpf.object.ExternResolver;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ObjectTypes;
import dev.jig.bpf.object.ProgramInformation;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.Reference;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.LoadedBtf;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.program.ProgramDefinition.AttachTarget;
import dev.jig.bpf.program.ProgramDefinition.DebugInfo;
import dev.jig.bpf.program.VerifierException;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The running kernel loads programs together with their types, functions and lines, all of which it checks against the instructions. */
@Tag("oracle")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelLoadTest {
    private Toolchain toolchain;
    private KernelBtf kernel;

    @BeforeAll
    void prepare() throws IOException, InterruptedException {
        toolchain = Toolchain.clangOnly();
        BtfBuilder builder = new BtfBuilder();
        builder.addInteger("int", 4, true);
        Requirement.check(LoadedBtf.isAccepted(builder.build()), "may not load BTF into the kernel");
        kernel = KernelBtf.open(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"loadable", "data_sections", "map_in_map", "tags"})
    void shouldLoadWithTypesFunctionsAndLines(String name) throws IOException, InterruptedException {
        ObjectFile object = ObjectFile.parse(name, Files.readAllBytes(toolchain.compile(name)));
        Linker linker = new Linker(object, new KernelTargets(kernel));
        byte[] types = ObjectTypes.encode(object, BtfSupport.full());
        try (LoadedBtf btf = LoadedBtf.load(types, name)) {
            for (ProgramSpec program : object.programs()) {
                LinkedProgram linked = linker.link(program);
                DebugInfo information = new DebugInfo(
                        btf.descriptor().number(),
                        linked.functionInformation(),
                        ProgramInformation.FUNCTION_SIZE,
                        linked.lineInformation(),
                        ProgramInformation.LINE_SIZE);
                load(object, linked, information);
            }
        }
    }

    private void load(ObjectFile object, LinkedProgram linked, DebugInfo information) {
        ObjectLoader maps = new ObjectLoader(object, new RunningKernelTypes(Optional.empty()));
        object.programs().forEach(program -> maps.exclude(program.name()));
        try (LoadedObject loaded = maps.load()) {
            Bytecode code = linked.code();
            for (Reference reference : linked.references()) {
                fillIn(object, loaded, code, reference);
            }
            ProgramDefinition definition = new ProgramDefinition(
                    linked.name(),
                    linked.section().type().number(),
                    linked.section().expectedAttachType(),
                    code.array(),
                    object.license(),
                    0,
                    0,
                    AttachTarget.NONE,
                    information,
                    List.of());
            BpfProgram.load(definition).close();
        } catch (VerifierException e) {
            throw new AssertionError(e.log(), e);
        }
    }

    private void fillIn(ObjectFile object, LoadedObject loaded, Bytecode code, Reference reference) {
        int slot = reference.instruction();
        switch (reference) {
            case Reference.ToMap map -> code.setImmediate(slot, descriptor(loaded, map.map()));
            case Reference.ToData data -> code.setImmediate(slot, descriptor(loaded, data.section()));
            case Reference.ToConfiguration ignored -> code.setImmediate(slot, descriptor(loaded, ".kconfig"));
            case Reference.ToKernelSymbol symbol -> assertThat(symbol.weak()).isTrue();
            case Reference.ToTypedSymbol symbol ->
                ExternResolver.write(code, symbol, new ExternResolver(object, kernel).find(symbol), 0);
            case Reference.ToKernelFunction function ->
                ExternResolver.write(code, function, new ExternResolver(object, kernel).find(function), 0);
        }
    }

    private static int descriptor(LoadedObject loaded, String map) {
        return loaded.map(map).orElseThrow().descriptor().number();
    }
}
