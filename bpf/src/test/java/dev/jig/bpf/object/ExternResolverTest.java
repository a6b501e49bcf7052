// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Fixtures;
import dev.jig.bpf.btf.BtfBuilder;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.btf.Linkage;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Disassembler;
import dev.jig.bpf.insn.Opcode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternResolverTest {
    @TempDir
    private Path directory;

    private final ObjectFile object = ObjectFile.parse("everything.o", Fixtures.everything());

    private int localType(String name) {
        return switch (object.extern(name).orElseThrow()) {
            case Extern.KernelSymbol symbol -> symbol.type();
            case Extern.KernelFunction function -> function.prototype();
            case Extern.KernelConfiguration ignored -> throw new AssertionError("no kernel symbol");
        };
    }

    private Reference.ToTypedSymbol symbol(boolean weak) {
        return new Reference.ToTypedSymbol(0, "typed_symbol", weak, localType("typed_symbol"), false);
    }

    private Reference.ToKernelFunction function(boolean weak) {
        return new Reference.ToKernelFunction(0, "some_function", weak, localType("some_function"));
    }

    private ExternResolver resolver(BtfBuilder types) throws IOException {
        Files.write(directory.resolve("vmlinux"), types.build());
        return new ExternResolver(object, KernelBtf.in(directory));
    }

    private static BtfBuilder kernel(int parameters) {
        BtfBuilder types = new BtfBuilder();
        int number = types.addInteger("int", 4, true);
        types.add(new BtfType.Variable("typed_symbol", number, Linkage.GLOBAL));
        BtfType.Parameter parameter = new BtfType.Parameter("x", number);
        int prototype = types.add(new BtfType.FunctionPrototype(
                number, parameters == 1 ? List.of(parameter) : List.of(parameter, parameter)));
        types.add(new BtfType.Function("some_function", prototype, Linkage.STATIC));
        return types;
    }

    @Test
    void shouldFindVariablesAndFunctions() throws IOException {
        ExternResolver resolver = resolver(kernel(1));

        assertThat(resolver.find(symbol(false)).orElseThrow().type()).isEqualTo(2);
        assertThat(resolver.find(function(false)).orElseThrow().type()).isEqualTo(4);
        assertThat(resolver.find(function(false)).orElseThrow().module()).isEmpty();
    }

    @Test
    void shouldLetOnlyWeakOnesBeMissing() throws IOException {
        ExternResolver resolver = resolver(new BtfBuilder());

        assertThat(resolver.find(symbol(true))).isEmpty();
        assertThat(resolver.find(function(true))).isEmpty();
        assertThatThrownBy(() -> resolver.find(function(false)))
                .isInstanceOf(ObjectException.class)
                .hasMessageContaining("this kernel has no function some_function");
        assertThatThrownBy(() -> resolver.find(symbol(false))).hasMessageContaining("no variable typed_symbol");
    }

    @Test
    void shouldRefuseOtherPrototypes() throws IOException {
        ExternResolver resolver = resolver(kernel(2));

        assertThat(resolver.find(function(true))).isEmpty();
        assertThatThrownBy(() -> resolver.find(function(false))).hasMessageContaining("does not fit this kernel's");
    }

    @Test
    void shouldWriteAddresses() throws IOException {
        ExternResolver resolver = resolver(kernel(1));
        Bytecode code = Bytecode.ofSlots(2);
        code.setOpcode(0, Opcode.LD_IMM64);
        ExternResolver.write(code, symbol(false), resolver.find(symbol(false)), 7);

        assertThat(new Disassembler(code).text(0)).isEqualTo("r0 = btf[id:2]");
        assertThat(code.immediate(1)).isEqualTo(7);
        ExternResolver.write(code, symbol(true), Optional.empty(), 7);
        assertThat(new Disassembler(code).text(0)).isEqualTo("r0 = 0x0");
    }

    @Test
    void shouldWriteCalls() throws IOException {
        ExternResolver resolver = resolver(kernel(1));
        Bytecode code = Bytecode.ofSlots(1);
        ExternResolver.write(code, function(false), resolver.find(function(false)), 3);

        assertThat(new Disassembler(code).text(0)).isEqualTo("call kernel-function#4");
        assertThat(code.offset(0)).isEqualTo(3);
        ExternResolver.write(code, function(true), Optional.empty(), 0);
        assertThat(new Disassembler(code).text(0)).isEqualTo("call unknown#2002000000");
    }
}
