// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BtfTest {
    private static byte[] sample() {
        BtfBuilder builder = new BtfBuilder();
        int number = builder.addInteger("int", 4, true);
        int constant = builder.add(new BtfType.Const(number));
        int typedef = builder.add(new BtfType.Typedef("number_t", constant));
        builder.addStruct(
                "thing", 12, List.of(new BtfType.Member("a", number, 0, 0), new BtfType.Member("b", typedef, 32, 0)));
        builder.add(new BtfType.Array(typedef, number, 6));
        builder.add(new BtfType.Pointer(0));
        builder.addStruct("thing___flavour", 4, List.of());
        builder.add(new BtfType.Typedef("thing", 4));
        return builder.build();
    }

    private final Btf btf = Btf.parse("sample", sample());

    @Test
    void shouldResolveModifiersAndTypedefs() {
        assertThat(btf.resolve(3)).isEqualTo(1);
        assertThat(btf.withoutModifiers(2)).isEqualTo(1);
        assertThat(btf.withoutModifiers(3)).isEqualTo(3);
        assertThat(btf.resolve(0)).isZero();
    }

    @Test
    void shouldKnowSizes() {
        assertThat(btf.sizeOf(1)).isEqualTo(4);
        assertThat(btf.sizeOf(3)).isEqualTo(4);
        assertThat(btf.sizeOf(5)).isEqualTo(24);
        assertThat(btf.sizeOf(6)).isEqualTo(8);
        assertThatThrownBy(() -> btf.sizeOf(0)).isInstanceOf(BtfException.class).hasMessageContaining("has no size");
    }

    @Test
    void shouldFindTypesByNameAndKind() {
        assertThat(btf.find("thing", BtfKind.STRUCT)).hasValue(4);
        assertThat(btf.find("thing", BtfKind.TYPEDEF)).hasValue(8);
        assertThat(btf.find("thing___flavour", BtfKind.STRUCT)).hasValue(7);
        assertThat(btf.find("thing", BtfKind.UNION)).isEmpty();
        assertThat(btf.find("nothing", BtfKind.STRUCT)).isEmpty();
        assertThat(btf.find("", BtfKind.POINTER)).isEmpty();
    }

    @Test
    void shouldWalkTypesOfTheSameEssentialNameInOrder() {
        int first = btf.firstSameHash("thing___x");
        byte[] name = "thing".getBytes(StandardCharsets.UTF_8);

        assertThat(first).isEqualTo(4);
        assertThat(btf.nextSameHash(first)).isEqualTo(7);
        assertThat(btf.nextSameHash(7)).isEqualTo(8);
        assertThat(btf.isEssentiallyNamed(7, name)).isTrue();
        assertThat(btf.isEssentiallyNamed(1, name)).isFalse();
    }

    @Test
    void shouldFindMembersByName() {
        assertThat(btf.nextMember(4, 0, new byte[] {'b'})).isEqualTo(1);
        assertThat(btf.nextMember(4, 2, new byte[] {'b'})).isEqualTo(-1);
        assertThat(btf.nextMember(4, 0, new byte[] {'c'})).isEqualTo(-1);
    }

    @Test
    void shouldDescribeTypesInWords() {
        assertThat(btf.text(4)).isEqualTo("struct thing");
        assertThat(btf.text(5)).isEqualTo("number_t[6]");
        assertThat(btf.text(6)).isEqualTo("void *");
        assertThat(btf.text(2)).isEqualTo("const int");
        assertThat(btf.describe(4)).isEqualTo("sample: type 4 (struct thing)");
        assertThat(btf.describe(77)).isEqualTo("sample: type 77");
    }

    @Test
    void shouldReadFromOutsideTheHeap() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, sample());
            Btf mapped = Btf.parse("mapped", segment);

            assertThat(mapped.type(4)).isEqualTo(btf.type(4));
            assertThat(mapped.find("number_t", BtfKind.TYPEDEF)).hasValue(3);
        }
    }

    @Test
    void shouldContinueIdsAndStringsOfABase() {
        byte[] strings = "\0added\0".getBytes(StandardCharsets.UTF_8);
        BtfBlob types = new BtfBlob();
        int nameOffset = btf.strings().size() + 1;
        types.add(nameOffset);
        types.add(BtfBlob.info(BtfKind.TYPEDEF, 0, false));
        types.add(4);
        Btf module = Btf.parseSplit("module", types.write(strings), btf);

        assertThat(module.firstId()).isEqualTo(9);
        assertThat(module.typeCount()).isEqualTo(10);
        assertThat(module.type(9)).isEqualTo(new BtfType.Typedef("added", 4));
        assertThat(module.name(module.resolve(9))).isEqualTo("thing");
        assertThat(module.find("added", BtfKind.TYPEDEF)).hasValue(9);
        assertThat(module.find("thing", BtfKind.STRUCT)).hasValue(4);
        assertThat(module.base()).contains(btf);
        assertThat(module.sizeOf(9)).isEqualTo(12);
    }

    @Test
    void shouldRefuseTypesThatDoNotExist() {
        assertThatThrownBy(() -> btf.kind(9)).isInstanceOf(BtfException.class).hasMessage("sample: no type 9, only 9");
        assertThatThrownBy(() -> btf.name(-1)).isInstanceOf(BtfException.class);
        assertThatThrownBy(() -> btf.memberType(4, 2))
                .hasMessage("sample: type 4 (struct thing) has no element 2, only 2");
    }

    @Test
    void shouldRefuseEndlessChains() {
        BtfBuilder builder = new BtfBuilder();
        builder.add(new BtfType.Typedef("loop", 2));
        builder.add(new BtfType.Const(1));
        Btf loop = Btf.parse("loop", builder.build());

        assertThatThrownBy(() -> loop.resolve(1))
                .isInstanceOf(BtfException.class)
                .hasMessageContaining("chain of more than 32");
        assertThatThrownBy(() -> loop.sizeOf(1)).isInstanceOf(BtfException.class);
        assertThat(loop.text(2)).startsWith("const loop");
    }

    @Test
    void shouldRefuseSizesThatOverflow() {
        BtfBuilder builder = new BtfBuilder();
        builder.addInteger("int", 4, true);
        for (int i = 0; i < 4; i++) {
            builder.add(new BtfType.Array(i + 1, 1, 0x10000));
        }
        Btf large = Btf.parse("large", builder.build());

        assertThatThrownBy(() -> large.sizeOf(5))
                .isInstanceOf(BtfException.class)
                .hasMessageContaining("over 2 GiB");
    }

    @Test
    void shouldRefuseWhatIsNoBtf() {
        byte[] noMagic = sample();
        noMagic[0] = 0;
        byte[] version = sample();
        version[2] = 2;
        byte[] unterminated = sample();
        unterminated[unterminated.length - 1] = 'x';

        assertThatThrownBy(() -> Btf.parse("x", new byte[3])).isInstanceOf(BtfException.class);
        assertThatThrownBy(() -> Btf.parse("x", noMagic)).hasMessage("x: no BTF magic number");
        assertThatThrownBy(() -> Btf.parse("x", version)).hasMessage("x: BTF version 2 is not 1");
        assertThatThrownBy(() -> Btf.parse("x", unterminated)).hasMessageContaining("not terminated");
    }

    @Test
    void shouldRefuseUnknownKinds() {
        byte[] unknown = sample();
        unknown[24 + 7] = 0x1f;

        assertThatThrownBy(() -> Btf.parse("x", unknown)).hasMessage("x: types: type 1 has unknown kind 31");
    }
}
