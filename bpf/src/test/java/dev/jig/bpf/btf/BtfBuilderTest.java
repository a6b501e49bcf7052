// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BtfBuilderTest {
    static List<BtfType> types() {
        return List.of(
                new BtfType.Int("int", 4, true, false, false, 0, 32),
                new BtfType.Int("char", 1, false, true, false, 0, 8),
                new BtfType.Int("_Bool", 1, false, false, true, 0, 8),
                new BtfType.Pointer(1),
                new BtfType.Array(1, 1, 12),
                new BtfType.Struct("s", 8, List.of(new BtfType.Member("a", 1, 0, 0), new BtfType.Member("", 1, 32, 0))),
                new BtfType.Struct("bits", 4, List.of(new BtfType.Member("b", 1, 3, 5))),
                new BtfType.Union("u", 4, List.of(new BtfType.Member("a", 1, 0, 0))),
                new BtfType.Enumeration("e", 4, true, List.of(new BtfType.Enumerator("A", -1))),
                new BtfType.Enumeration("f", 4, false, List.of(new BtfType.Enumerator("B", 0xffff_ffffL))),
                new BtfType.Enumeration64("g", 8, false, List.of(new BtfType.Enumerator("C", 0x123456789abcdefL))),
                new BtfType.Forward("fwd", true),
                new BtfType.Typedef("t", 1),
                new BtfType.Volatile(1),
                new BtfType.Const(1),
                new BtfType.Restrict(1),
                new BtfType.Function("f", 1, Linkage.GLOBAL),
                new BtfType.FunctionPrototype(1, List.of(new BtfType.Parameter("x", 1), new BtfType.Parameter("", 0))),
                new BtfType.Variable("v", 1, Linkage.EXTERN),
                new BtfType.DataSection(".data", 8, List.of(new BtfType.SectionVariable(1, 4, 4))),
                new BtfType.FloatingPoint("double", 8),
                new BtfType.DeclarationTag("tag", 1, -1),
                new BtfType.TypeTag("user", 1));
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldReadBackWhatWasBuilt(BtfType type) {
        BtfBuilder builder = new BtfBuilder();
        builder.addInteger("int", 4, true);
        int id = builder.add(type);
        Btf btf = Btf.parse("built", builder.build());

        assertThat(id).isEqualTo(2);
        assertThat(btf.type(id)).isEqualTo(type);
        assertThat(btf.kind(id)).isEqualTo(type.kind());
    }

    @Test
    void shouldStoreEachNameOnce() {
        BtfBuilder builder = new BtfBuilder();
        builder.addInteger("name", 4, true);
        int before = builder.build().length;
        builder.add(new BtfType.Typedef("name", 1));

        assertThat(builder.build()).hasSize(before + 12);
    }

    @Test
    void shouldRefuseWhatTheFormatCannotHold() {
        BtfBuilder builder = new BtfBuilder();

        assertThatThrownBy(() -> builder.add(new BtfType.NoType())).isInstanceOf(BtfException.class);
        assertThatThrownBy(() -> builder.addInteger("a\0b", 4, true)).hasMessageContaining("NUL");
    }
}
