// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfBuilder;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.btf.BtfType.Member;
import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Disassembler;
import dev.jig.bpf.insn.Instruction;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Opcode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comparing with libbpf does not show: messages, malformed input, and several targets. */
class CoreRelocatorTest {
    private static final int THING = 2;

    private static Btf types(String title, int offsetOfB) {
        BtfBuilder builder = new BtfBuilder();
        int number = builder.addInteger("unsigned int", 4, false);
        builder.addStruct(
                "thing",
                offsetOfB + 4,
                List.of(new Member("a", number, 0, 0), new Member("b", number, offsetOfB * 8, 0)));
        builder.add(new BtfType.Array(number, number, 3));
        builder.addStruct("", 4, List.of(new Member("x", number, 0, 0)));
        return Btf.parse(title, builder.build());
    }

    private final Btf local = types("local", 4);
    private final Bytecode code = code(Instructions.load(Opcode.SIZE_W, 1, 2, 4));

    private static Bytecode code(Instruction instruction) {
        return new Assembler().add(instruction).assemble();
    }

    private Optional<BpfPoison> relocate(CoreTargets targets, RelocationKind kind, int type, String access) {
        return new CoreRelocator(local, targets).relocate(code, 0, kind, type, access);
    }

    private String text() {
        return new Disassembler(code).text(0);
    }

    @Test
    void shouldMoveFields() {
        assertThat(relocate(CoreTargets.of(types("kernel", 12)), RelocationKind.FIELD_BYTE_OFFSET, THING, "0:1"))
                .isEmpty();
        assertThat(text()).isEqualTo("r1 = *(u32 *)(r2 +12)");
    }

    @Test
    void shouldTakeTheFirstTargetThatHasTheType() {
        CoreTargets targets =
                CoreTargets.of(Btf.parse("empty", new BtfBuilder().build()), types("module", 20), types("other", 24));

        assertThat(relocate(targets, RelocationKind.FIELD_BYTE_OFFSET, THING, "0:1"))
                .isEmpty();
        assertThat(text()).isEqualTo("r1 = *(u32 *)(r2 +20)");
        assertThat(CoreTargets.none().orElse(targets).candidates("thing", local.kind(THING)))
                .hasSize(1);
    }

    @Test
    void shouldPoisonWhatIsMissingAndSayWhy() {
        Optional<BpfPoison> poison = relocate(CoreTargets.none(), RelocationKind.FIELD_BYTE_OFFSET, THING, "0:1");

        assertThat(text()).isEqualTo("call unknown#195896080");
        assertThat(poison.orElseThrow().message())
                .isEqualTo("instruction 0 needs the offset of field struct thing.b: this kernel has no struct thing");
    }

    @Test
    void shouldSayThatCandidatesDisagree() {
        List<Candidate> both = List.of(new Candidate(types("one", 8), THING), new Candidate(types("other", 16), THING));
        CoreTargets targets = (name, kind) -> both;

        assertThatThrownBy(() -> relocate(targets, RelocationKind.FIELD_BYTE_OFFSET, THING, "0:1"))
                .isInstanceOf(CoreException.class)
                .hasMessage("offset of field struct thing.b is ambiguous: one: type 2 (struct thing) says 8,"
                        + " other: type 2 (struct thing) says 16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "0:", "0:x", "-1", "0:99999999999", "0:2", "0:0:0", "x", "0::1"})
    void shouldRefuseMalformedAccessStrings(String access) {
        CoreTargets targets = CoreTargets.of(types("kernel", 8));

        assertThatThrownBy(() -> relocate(targets, RelocationKind.FIELD_BYTE_OFFSET, THING, access))
                .isInstanceOf(CoreException.class);
    }

    @Test
    void shouldRefuseAccessThatIsTooDeep() {
        String deep = "0" + ":0".repeat(64);

        assertThatThrownBy(() -> relocate(CoreTargets.none(), RelocationKind.FIELD_BYTE_OFFSET, THING, deep))
                .hasMessageContaining("65 numbers, more than 64");
    }

    @Test
    void shouldRefuseAccessThatDoesNotFitTheKind() {
        assertThatThrownBy(() -> relocate(CoreTargets.none(), RelocationKind.TYPE_EXISTS, THING, "0:1"))
                .hasMessageContaining("is not '0'");
        assertThatThrownBy(() -> relocate(CoreTargets.none(), RelocationKind.ENUM_VALUE, THING, "0"))
                .hasMessageContaining("names no enumerator");
    }

    @Test
    void shouldRefuseTypesWithoutAName() {
        assertThatThrownBy(() -> relocate(CoreTargets.none(), RelocationKind.FIELD_EXISTS, 4, "0:0"))
                .hasMessageContaining("has no name to look for");
    }

    @Test
    void shouldRefuseInstructionsThatDoNotHoldWhatTheCompilerPutThere() {
        code.setOffset(0, 5);

        assertThatThrownBy(() ->
                        relocate(CoreTargets.of(types("kernel", 8)), RelocationKind.FIELD_BYTE_OFFSET, THING, "0:1"))
                .isInstanceOf(CoreException.class)
                .hasMessage("instruction 0 (opcode 0x61) has offset 5, not 4");
    }

    @Test
    void shouldRefuseOffsetsThatDoNotFit() {
        assertThatThrownBy(() -> relocate(
                        CoreTargets.of(types("kernel", 40_000)), RelocationKind.FIELD_BYTE_OFFSET, THING, "0:1"))
                .hasMessageContaining("cannot hold offset 40000");
    }

    @Test
    void shouldRefuseUnknownKinds() {
        assertThatThrownBy(() -> RelocationKind.of(13))
                .isInstanceOf(CoreException.class)
                .hasMessageContaining("13");
        assertThatThrownBy(() -> RelocationKind.of(-1)).isInstanceOf(CoreException.class);
    }

    @Test
    void shouldBoundTheDepthThatHostileTypesCause() {
        BtfBuilder builder = new BtfBuilder();
        int number = builder.addInteger("unsigned int", 4, false);
        builder.addStruct("thing", 4, List.of(new Member("", number + 1, 0, 0), new Member("", number + 1, 0, 0)));
        CoreTargets targets = CoreTargets.of(Btf.parse("hostile", builder.build()));

        assertThatThrownBy(() -> relocate(targets, RelocationKind.FIELD_BYTE_OFFSET, THING, "0:1"))
                .isInstanceOf(CoreException.class)
                .hasMessageContaining("nests deeper than 64");
    }

    @Test
    void shouldBoundTheWorkThatHostileTypesCause() {
        BtfBuilder builder = new BtfBuilder();
        builder.addInteger("unsigned int", 4, false);
        for (int level = 0; level < 60; level++) {
            int next = THING + level + 1;
            builder.addStruct(
                    level == 0 ? "thing" : "", 4, List.of(new Member("", next, 0, 0), new Member("", next, 0, 0)));
        }
        builder.addStruct("", 4, List.of());
        CoreTargets targets = CoreTargets.of(Btf.parse("hostile", builder.build()));

        assertThatThrownBy(() -> relocate(targets, RelocationKind.FIELD_BYTE_OFFSET, THING, "0:1"))
                .isInstanceOf(CoreException.class)
                .hasMessageContaining("more than 16777216 steps");
    }
}
