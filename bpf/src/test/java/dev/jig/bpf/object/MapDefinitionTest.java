// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfBuilder;
import dev.jig.bpf.btf.BtfType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapDefinitionTest {
    private final BtfBuilder builder = new BtfBuilder();
    private final int integer = builder.addInteger("int", 4, true);
    private final List<BtfType.Member> members = new ArrayList<>();

    private MapDefinitionTest number(String name, int value) {
        int array = builder.add(new BtfType.Array(integer, integer, value));
        return member(name, builder.add(new BtfType.Pointer(array)));
    }

    private MapDefinitionTest member(String name, int type) {
        members.add(new BtfType.Member(name, type, members.size() * 64, 0));
        return this;
    }

    private MapSpec read() {
        int struct = builder.addStruct("", members.size() * 8, members);
        MapDefinition definition = new MapDefinition(Btf.parse("btf", builder.build()), "map m");
        definition.read(struct, true);
        return definition.toSpec("m", List.of());
    }

    @Test
    void shouldReadNumbersFromArrayLengthsAndEnumerations() {
        int large = builder.add(
                new BtfType.Enumeration64("", 8, false, List.of(new BtfType.Enumerator("unique", 0x1_0000_0002L))));
        MapSpec spec = number("type", 33)
                .number("max_entries", 100)
                .number("map_flags", 1024)
                .member("map_extra", large)
                .read();

        assertThat(spec.type()).isEqualTo(33);
        assertThat(spec.maxEntries()).isEqualTo(100);
        assertThat(spec.flags()).isEqualTo(1024);
        assertThat(spec.extra()).isEqualTo(0x1_0000_0002L);
    }

    @Test
    void shouldTakeSizesFromTypes() {
        int key = builder.add(new BtfType.Pointer(integer));
        MapSpec spec = number("type", 1)
                .member("key", key)
                .number("key_size", 4)
                .number("value_size", 12)
                .read();

        assertThat(spec.keySize()).isEqualTo(4);
        assertThat(spec.keyType()).isEqualTo(integer);
        assertThat(spec.valueSize()).isEqualTo(12);
        assertThat(spec.valueType()).isZero();
    }

    @Test
    void shouldRefuseSizesThatDisagree() {
        int key = builder.add(new BtfType.Pointer(integer));

        assertThatThrownBy(() -> number("type", 1)
                        .number("key_size", 8)
                        .member("key", key)
                        .read())
                .isInstanceOf(ObjectException.class)
                .hasMessage("map m has 'key' of 4 bytes, but of 8 before");
    }

    @Test
    void shouldRefuseUnknownAttributes() {
        assertThatThrownBy(() -> number("type", 1).number("colour", 8).read())
                .hasMessage("map m has an unknown attribute 'colour'");
    }

    @Test
    void shouldRefuseMapsWithoutAType() {
        assertThatThrownBy(() -> number("max_entries", 1).read()).hasMessage("map m has no type");
    }

    @Test
    void shouldRefuseWhatIsNoNumberOrPointer() {
        assertThatThrownBy(() -> member("type", integer).read()).hasMessage("map m has 'type' that is no number");
        members.clear();
        assertThatThrownBy(() -> number("type", 1).member("key", integer).read())
                .hasMessage("map m has 'key' that is no pointer");
    }

    @Test
    void shouldRefuseValuesInOtherMaps() {
        int values = builder.add(new BtfType.Array(builder.add(new BtfType.Pointer(integer)), integer, 0));

        assertThatThrownBy(() -> number("type", 1).member("values", values).read())
                .hasMessageContaining("which only maps of maps and program arrays have");
        members.clear();
        assertThatThrownBy(() -> number("type", 3).member("values", values).read())
                .hasMessageContaining("has 'values' of");
        members.clear();
        assertThatThrownBy(() -> number("type", 3)
                        .member("values", values)
                        .number("max_entries", 1)
                        .read())
                .hasMessageContaining("as their last attribute");
    }

    @Test
    void shouldRefuseUnknownPinning() {
        assertThat(number("type", 1).number("pinning", 1).read().pinning()).isEqualTo(1);
        assertThatThrownBy(() -> number("pinning", 2).read()).hasMessageContaining("pinning of 2");
    }
}
