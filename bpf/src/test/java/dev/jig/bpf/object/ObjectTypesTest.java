// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.Fixtures;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfSupport;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.btf.Linkage;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectTypesTest {
    private final ObjectFile object = ObjectFile.parse("everything.o", Fixtures.everything());

    private Btf encode(BtfSupport support) {
        return Btf.parse("encoded", ObjectTypes.encode(object, support));
    }

    private static BtfType.DataSection section(Btf btf, String name) {
        return (BtfType.DataSection)
                btf.type(btf.find(name, BtfKind.DATA_SECTION).orElseThrow());
    }

    @Test
    void shouldGiveVariablesTheirPlaces() {
        Btf encoded = encode(BtfSupport.full());
        for (DataSection data : object.dataSections()) {
            BtfType.DataSection section = section(encoded, data.name());

            assertThat(section.size()).as(data.name()).isEqualTo(data.size());
            for (BtfType.SectionVariable variable : section.variables()) {
                String name = encoded.name(variable.type());
                assertThat(data.variables())
                        .as(name)
                        .anyMatch(known -> known.name().equals(name)
                                && known.offset() == variable.offset()
                                && known.size() == variable.size());
            }
        }
    }

    @Test
    void shouldKeepIds() {
        Btf encoded = encode(BtfSupport.full());

        assertThat(encoded.typeCount()).isGreaterThanOrEqualTo(object.btf().typeCount());
        for (int id = 1; id < object.btf().typeCount(); id++) {
            assertThat(encoded.name(id)).isEqualTo(object.btf().name(id));
            assertThat(encoded.kind(id)).isEqualTo(object.btf().kind(id));
        }
    }

    @Test
    void shouldMakeExternsGlobal() {
        Btf encoded = encode(BtfSupport.full());

        assertThat(encoded.linkage(
                        encoded.find("LINUX_KERNEL_VERSION", BtfKind.VARIABLE).orElseThrow()))
                .isEqualTo(Linkage.GLOBAL);
        assertThat(encoded.linkage(
                        encoded.find("some_function", BtfKind.FUNCTION).orElseThrow()))
                .isEqualTo(Linkage.GLOBAL);
        assertThat(section(encoded, ".ksyms").variables()).allSatisfy(variable -> {
            assertThat(encoded.kind(variable.type())).isEqualTo(BtfKind.VARIABLE);
            assertThat(encoded.text(encoded.target(variable.type()))).isEqualTo("int");
            assertThat(variable.size()).isEqualTo(4);
        });
    }

    @Test
    void shouldReplaceWhatAKernelDoesNotKnow() {
        Set<BtfKind> missing = Set.of(
                BtfKind.VARIABLE, BtfKind.DATA_SECTION, BtfKind.FUNCTION, BtfKind.FUNCTION_PROTOTYPE, BtfKind.FLOAT);
        Btf encoded = encode(new BtfSupport(missing, false, false));

        for (int id = 1; id < encoded.typeCount(); id++) {
            assertThat(encoded.kind(id)).isNotIn(missing);
        }
        BtfType.Struct data = (BtfType.Struct)
                encoded.type(encoded.find("_rodata", BtfKind.STRUCT).orElseThrow());
        Variable pid = object.variable("wanted_pid").orElseThrow();
        assertThat(data.members())
                .anyMatch(member -> member.name().equals("wanted_pid") && member.bitOffset() == pid.offset() * 8);
        assertThat(encoded.find("leaf", BtfKind.TYPEDEF)).isPresent();
    }

    @Test
    void shouldMakeFunctionsStaticForOldKernels() {
        Btf encoded = encode(new BtfSupport(Set.of(), false, true));

        assertThat(encoded.linkage(encoded.find("shared", BtfKind.FUNCTION).orElseThrow()))
                .isEqualTo(Linkage.STATIC);
    }

    @Test
    void shouldEncodeBigEndianObjectsInThisMachinesOrder() {
        ObjectFile big = ObjectFile.parse("big.o", Fixtures.everythingBigEndian());
        Btf encoded = Btf.parse("encoded", ObjectTypes.encode(big, BtfSupport.full()));

        assertThat(encoded.byteOrder()).isEqualTo(java.nio.ByteOrder.nativeOrder());
        assertThat(section(encoded, ".rodata").size()).isPositive();
    }
}
