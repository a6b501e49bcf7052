// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.datasource.Kind;
import dev.jig.datasource.StaticField;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructFieldsTest {
    private static final int ARRAY = 0x10000000;

    private static final String SOURCE = """
            enum color { RED, GREEN };
            typedef enum color color_t;
            struct inner { __u32 a; __u16 b; };
            typedef struct inner inner_t;
            typedef unsigned long __kernel_ulong_t;
            typedef __kernel_ulong_t __kernel_size_t;
            typedef __kernel_size_t size_t;
            typedef char gadget_comm;
            typedef __u32 gadget_pid;
            typedef __u32 gadget_errno;
            struct gadget_creds { __u32 uid; };
            struct event {
                struct inner in;
                inner_t tin;
                struct inner arr[2];
                void *p;
                unsigned __int128 wide;
                __u8 z[0];
                struct { __u8 x; } named;
                struct { __u8 ax; };
                union { __u32 u1; __u64 u2; } un;
                enum color c_raw;
                color_t t_raw;
                __u8 b[6];
                __u32 n[3];
                signed char s[4];
                char text[8];
                char texts[2][8];
                __u8 m[2][3];
                bool f;
                bool ff[2];
                float single;
                double twice;
                long l;
                size_t size;
                __u32 __hidden;
                __u32 _pad;
                gadget_comm comm[16];
                gadget_pid pid;
                const volatile gadget_errno error_raw;
                char one;
                struct gadget_creds creds;
            };
            struct event event SEC(".bss");
            """;

    @TempDir
    private Path folder = Path.of("");

    private List<StaticField> fields = List.of();
    private List<StructFields.EnumMember> enums = List.of();

    @BeforeEach
    void read() throws Exception {
        ObjectFile object = CompiledSource.compile(folder, SOURCE);
        Btf btf = object.btf();
        int struct = 0;
        for (int id = 1; id < btf.typeCount(); id++) {
            if (btf.kind(id) == BtfKind.STRUCT && btf.name(id).equals("event")) {
                struct = id;
            }
        }
        StructFields result = new StructFields(btf).read(struct);
        fields = result.fields();
        enums = result.enums();
    }

    private String fullName(StaticField field) {
        return field.parent() == StaticField.ROOT
                ? field.name()
                : fullName(fields.get(field.parent())) + "." + field.name();
    }

    private StaticField field(String fullName) {
        return fields.stream()
                .filter(field -> fullName(field).equals(fullName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no field " + fullName));
    }

    private List<String> typeTags(String fullName) {
        return field(fullName).tags().stream()
                .filter(tag -> tag.startsWith("type:"))
                .map(tag -> tag.substring("type:".length()))
                .toList();
    }

    @Test
    void shouldTakeMembersInTheirOrder() {
        assertThat(fields.stream().map(this::fullName))
                .containsExactly(
                        "in",
                        "in.a",
                        "in.b",
                        "named",
                        "named.x",
                        "",
                        ".ax",
                        "un",
                        "un.u1",
                        "un.u2",
                        "c_raw",
                        "t_raw",
                        "b",
                        "n",
                        "s",
                        "text",
                        "texts",
                        "m",
                        "f",
                        "ff",
                        "single",
                        "twice",
                        "l",
                        "size",
                        "_pad",
                        "comm",
                        "pid",
                        "error_raw",
                        "one",
                        "creds",
                        "creds.uid");
    }

    @Test
    void shouldKnowKinds() {
        assertThat(field("in").kind()).isEqualTo(Kind.BYTES);
        assertThat(field("in").size()).isEqualTo(8);
        assertThat(field("in.a").kind()).isEqualTo(Kind.UINT32);
        assertThat(field("in.b").kind()).isEqualTo(Kind.UINT16);
        assertThat(field("c_raw").kind()).isEqualTo(Kind.UINT32);
        assertThat(field("text").kind()).isEqualTo(Kind.CSTRING);
        assertThat(field("text").size()).isEqualTo(8);
        assertThat(field("texts").kind()).isEqualTo(Kind.CSTRING_ARRAY);
        assertThat(field("texts").size()).isEqualTo(16);
        assertThat(field("m").kind()).isEqualTo(Kind.INVALID);
        assertThat(field("m").size()).isEqualTo(6);
        assertThat(field("f").kind()).isEqualTo(Kind.BOOL);
        assertThat(field("single").kind()).isEqualTo(Kind.FLOAT32);
        assertThat(field("twice").kind()).isEqualTo(Kind.FLOAT64);
        assertThat(field("l").kind()).isEqualTo(Kind.INT64);
        assertThat(field("size").kind()).isEqualTo(Kind.UINT64);
        assertThat(field("one").kind()).isEqualTo(Kind.INT8);
    }

    @Test
    void shouldKnowKindsOfArrays() {
        assertThat(field("b").kind().wireNumber()).isEqualTo(ARRAY + 6);
        assertThat(field("n").kind().wireNumber()).isEqualTo(ARRAY + 8);
        assertThat(field("s").kind().wireNumber()).isEqualTo(ARRAY + 2);
        assertThat(field("ff").kind().wireNumber()).isEqualTo(ARRAY + 1);
        assertThat(field("texts").kind().wireNumber()).isEqualTo(ARRAY + 13);
    }

    @Test
    void shouldPlaceMembersOfStructuresAndUnions() {
        assertThat(field("in.b").offset()).isEqualTo(field("in").offset() + 4);
        assertThat(field("un.u1").offset()).isEqualTo(field("un").offset());
        assertThat(field("un.u2").offset()).isEqualTo(field("un").offset());
        assertThat(field("comm").size()).isEqualTo(16);
    }

    @Test
    void shouldTagWithTheNamesOfTypes() {
        assertThat(field("comm").tags()).containsExactly("type:gadget_comm", "type:char", "name:comm", "src:ebpf");
        assertThat(typeTags("in")).containsExactly("inner");
        assertThat(typeTags("t_raw")).containsExactly("color_t", "color");
        assertThat(typeTags("size")).containsExactly("size_t", "__kernel_size_t", "__kernel_ulong_t", "unsigned long");
        assertThat(typeTags("error_raw")).containsExactly("gadget_errno", "__u32", "unsigned int");
        assertThat(field("named").tags()).containsExactly("name:named", "src:ebpf");
    }

    @Test
    void shouldAnnotateByTypes() {
        assertThat(field("creds").annotations()).containsEntry("columns.hidden", "true");
        assertThat(field("creds.uid").annotations()).containsEntry("columns.alias", "uid");
        assertThat(field("pid").annotations()).isNotEmpty();
    }

    @Test
    void shouldNoteDirectEnumerations() {
        assertThat(enums.stream().map(StructFields.EnumMember::field))
                .contains("c_raw")
                .doesNotContain("t_raw");
    }
}
