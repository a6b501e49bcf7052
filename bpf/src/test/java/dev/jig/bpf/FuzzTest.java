// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfExtension;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfSupport;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Disassembler;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ObjectTypes;
import dev.jig.bpf.object.ProgramSpec;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Garbled input: readers succeed or fail with a {@link BpfException}, never otherwise. Runs are reproducible; set the property {@code jig.fuzz.rounds} for
 * longer ones.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FuzzTest {
    private static byte[] section(byte[] object, String name) {
        ElfFile elf = ElfFile.parse("original", object);
        return elf.bytes(elf.section(name).orElseThrow());
    }

    private static void readObject(byte[] bytes) {
        ObjectFile object = ObjectFile.parse("garbled", bytes);
        assertThat(object.license()).isNotNull();
        assertThat(object.dataSections()).isNotNull();
        Linker linker = new Linker(object, CoreTargets.of(object.btf()));
        for (ProgramSpec program : object.programs()) {
            readProgram(linker, program);
        }
        ObjectTypes.encode(object, BtfSupport.full());
    }

    private static void readProgram(Linker linker, ProgramSpec program) {
        LinkedProgram linked = linker.link(program);
        Bytecode code = linked.code();
        assertThat(new Disassembler(code).listing()).isNotNull();
        assertThat(linked.functionInformation()).isNotNull();
        assertThat(linked.lineInformation()).isNotNull();
        for (int slot = 0; slot < code.slots(); slot += 7) {
            assertThat(linked.sourceLine(slot)).isNotNull();
        }
    }

    private static void readTypes(byte[] bytes) {
        Btf btf = Btf.parse("garbled", bytes);
        for (int id = 1; id < btf.typeCount(); id++) {
            assertThat(btf.text(id)).isNotNull();
            assertThat(btf.type(id)).isNotNull();
            btf.resolve(id);
            btf.find(btf.name(id), BtfKind.STRUCT);
            if (btf.kind(id).isComposite()) {
                btf.sizeOf(id);
            }
        }
    }

    @Test
    void shouldSurviveGarbledObjects() {
        Fuzzing.fuzz(Fixtures.everything(), 1, FuzzTest::readObject);
        Fuzzing.fuzz(Fixtures.everythingBigEndian(), 2, FuzzTest::readObject);
    }

    @Test
    void shouldSurviveGarbledTypes() {
        Fuzzing.fuzz(section(Fixtures.everything(), ".BTF"), 3, FuzzTest::readTypes);
        Fuzzing.fuzz(section(Fixtures.everythingBigEndian(), ".BTF"), 4, FuzzTest::readTypes);
    }

    @Test
    void shouldSurviveGarbledTypesOfTheKernel() {
        ObjectFile object = ObjectFile.parse("everything.o", Fixtures.everything());
        Fuzzing.fuzz(section(Fixtures.everything(), ".BTF"), 5, bytes -> {
            Linker linker = new Linker(object, CoreTargets.of(Btf.parse("garbled", bytes)));
            for (ProgramSpec program : object.programs()) {
                linker.link(program);
            }
        });
    }

    @Test
    void shouldSurviveGarbledLineInformation() {
        Btf btf = ObjectFile.parse("everything.o", Fixtures.everything()).btf();
        Fuzzing.fuzz(section(Fixtures.everything(), ".BTF.ext"), 6, bytes -> {
            BtfExtension extension = BtfExtension.parse("garbled", bytes, btf);
            extension.lines().forEach(lines -> {
                for (int i = 0; i < lines.count(); i++) {
                    btf.string(lines.word(i, 1) & 0xffff_ffffL);
                }
            });
        });
    }
}
