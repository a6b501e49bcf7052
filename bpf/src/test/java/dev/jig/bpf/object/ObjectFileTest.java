// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Fixtures;
import dev.jig.bpf.elf.ElfException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectFileTest {
    private final ObjectFile object = ObjectFile.parse("everything.o", Fixtures.everything());

    @Test
    void shouldReadTheLicenseAndTheOrder() {
        assertThat(object.license()).isEqualTo("GPL");
        assertThat(object.version()).isZero();
        assertThat(object.elf().byteOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(object.name()).isEqualTo("everything.o");
    }

    @Test
    void shouldFindPrograms() {
        assertThat(object.programs())
                .extracting(ProgramSpec::name)
                .containsExactlyInAnyOrder("main_program", "second", "target");
        assertThat(object.program("second").orElseThrow().section().autoload()).isFalse();
        assertThat(object.program("main_program").orElseThrow().section().hook())
                .isEqualTo(Hook.TP_BTF);
        assertThat(object.program("leaf")).isEmpty();
        assertThat(object.functions()).extracting(FunctionSpec::name).contains("leaf", "shared", "each");
    }

    @Test
    void shouldReadMaps() {
        MapSpec events = object.map("events").orElseThrow();

        assertThat(object.maps())
                .extracting(MapSpec::name)
                .containsExactlyInAnyOrder("events", "outer", "tails", "bloom");
        assertThat(events.type()).isEqualTo(1);
        assertThat(events.keySize()).isEqualTo(4);
        assertThat(events.valueSize()).isEqualTo(32);
        assertThat(events.maxEntries()).isEqualTo(64);
        assertThat(events.pinning()).isEqualTo(1);
        assertThat(object.btf().text(events.valueType())).isEqualTo("struct event");
        assertThat(object.map("bloom").orElseThrow().extra()).isEqualTo(3);
    }

    @Test
    void shouldReadInnerMapsAndFirstElements() {
        MapSpec outer = object.map("outer").orElseThrow();

        assertThat(outer.valueSize()).isEqualTo(4);
        assertThat(outer.inner().orElseThrow().name()).isEqualTo("outer.inner");
        assertThat(outer.inner().orElseThrow().valueSize()).isEqualTo(8);
        assertThat(object.map("tails").orElseThrow().slots()).containsExactly(new MapSpec.Slot(2, "target"));
    }

    @Test
    void shouldChangeMapsInCopies() {
        MapSpec events = object.map("events").orElseThrow();

        assertThat(events.withMaxEntries(5).maxEntries()).isEqualTo(5);
        assertThat(events.withType(27).type()).isEqualTo(27);
        assertThat(events.withFlags(2).flags()).isEqualTo(2);
        assertThat(events.withSizes(4, 100).valueType()).isZero();
        assertThat(events.withSizes(4, 100).keyType()).isEqualTo(events.keyType());
        assertThat(object.map("events")).contains(events);
    }

    @Test
    void shouldReadVariables() {
        Variable pid = object.variable("wanted_pid").orElseThrow();

        assertThat(pid.section()).isEqualTo(".rodata");
        assertThat(pid.size()).isEqualTo(4);
        assertThat(object.btf().text(pid.type())).isEqualTo("const volatile unsigned int");
        assertThat(object.variable("counter").orElseThrow().section()).isEqualTo(".data");
        assertThat(object.variable("last").orElseThrow().size()).isEqualTo(32);
        assertThat(object.variable("hidden"))
                .as("static variables are not set by name")
                .isEmpty();
        assertThat(object.variable("nothing")).isEmpty();
    }

    @Test
    void shouldTellDataSectionsApart() {
        assertThat(object.dataSections())
                .extracting(DataSection::name)
                .contains(".rodata", ".data", ".bss", ".kconfig");
        for (DataSection section : object.dataSections()) {
            boolean readOnly = List.of(".rodata", ".kconfig").contains(section.name());
            assertThat(section.isReadOnly()).as(section.name()).isEqualTo(readOnly);
            assertThat(section.contents()).hasSize(section.size());
            assertThat(object.btf().name(section.type())).isEqualTo(section.name());
        }
    }

    @Test
    void shouldReadExterns() {
        assertThat(object.externs())
                .extracting(Extern::name)
                .containsExactlyInAnyOrder(
                        "LINUX_KERNEL_VERSION", "CONFIG_SOMETHING", "some_symbol", "typed_symbol", "some_function");
        assertThat(object.extern("LINUX_KERNEL_VERSION"))
                .contains(new Extern.KernelConfiguration(
                        "LINUX_KERNEL_VERSION", false, Extern.ConfigurationType.INTEGER, 0, 4, true));
        assertThat(object.extern("CONFIG_SOMETHING"))
                .contains(new Extern.KernelConfiguration(
                        "CONFIG_SOMETHING", true, Extern.ConfigurationType.BOOL, 4, 1, false));
        assertThat(object.extern("some_symbol")).contains(new Extern.KernelSymbol("some_symbol", true, 0));
        assertThat(object.extern("typed_symbol"))
                .hasValueSatisfying(extern ->
                        assertThat(((Extern.KernelSymbol) extern).type()).isPositive());
        assertThat(object.extern("some_function")).containsInstanceOf(Extern.KernelFunction.class);
    }

    @Test
    void shouldReadTheSameFromABigEndianObject() {
        ObjectFile big = ObjectFile.parse("big.o", Fixtures.everythingBigEndian());

        assertThat(big.elf().byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(big.maps())
                .extracting(MapSpec::name)
                .containsExactlyElementsOf(
                        object.maps().stream().map(MapSpec::name).toList());
        assertThat(big.externs()).isNotEmpty();
        assertThat(big.program("target").orElseThrow().instructions().get(0))
                .isEqualTo(object.program("target").orElseThrow().instructions().get(0));
    }

    @Test
    void shouldReadFromASegment() {
        ObjectFile copy = ObjectFile.parse("copy", MemorySegment.ofArray(Fixtures.everything()));

        assertThat(copy.programs()).hasSameSizeAs(object.programs());
    }

    @Test
    void shouldRefuseWhatIsNoObject() {
        assertThatThrownBy(() -> ObjectFile.parse("x", "hello".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ElfException.class)
                .hasMessage("x: not an ELF file");
    }

    @Test
    void shouldRefuseOtherMachines() {
        byte[] bytes = Fixtures.everything();
        bytes[18] = 62;

        assertThatThrownBy(() -> ObjectFile.parse("x", bytes))
                .isInstanceOf(ObjectException.class)
                .hasMessageContaining("ELF machine 62");
    }

    @Test
    void shouldRefuseMapsOfTheOldKind() {
        byte[] bytes = withSectionRenamed("license", "maps\0");

        assertThatThrownBy(() -> ObjectFile.parse("x", bytes))
                .isInstanceOf(ObjectException.class)
                .hasMessageContaining("declare them with BTF in '.maps'");
    }

    @Test
    void shouldRefuseObjectsWithoutTypes() {
        byte[] bytes = withSectionRenamed(".BTF\0", ".XXX\0");

        assertThatThrownBy(() -> ObjectFile.parse("x", bytes))
                .isInstanceOf(ObjectException.class)
                .hasMessageContaining("compile it with -g");
    }

    private static byte[] withSectionRenamed(String name, String other) {
        byte[] bytes = Fixtures.everything();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            byte[] replacement = other.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(replacement, 0, bytes, at, replacement.length);
        }
        return bytes;
    }
}
