// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.btf.BtfBuilder;
import dev.jig.bpf.btf.BtfException;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldConfiguration;
import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;
import dev.jig.gadget.Log;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnumFormatterTest {
    private static final String SOURCE = """
            enum color { RED, GREEN, BLUE };
            enum own { FIRST = 1, SECOND = 2 };
            enum rights_set { READ = 1, WRITE = 2 };
            struct event { enum color color_raw; enum own own_raw; enum rights_set rights_raw; };
            struct event event SEC(".bss");
            """;

    @TempDir
    private Path folder = Path.of("");

    /** A kernel where colours have other numbers. */
    private KernelTypes kernel() throws IOException {
        BtfBuilder builder = new BtfBuilder();
        builder.addInteger("int", 4, true);
        builder.add(new BtfType.Enumeration(
                "color", 4, false, List.of(new BtfType.Enumerator("RED", 7), new BtfType.Enumerator("GREEN", 1))));
        Path types = Files.createDirectories(folder.resolve("btf"));
        Files.write(types.resolve("vmlinux"), builder.build());
        KernelBtf btf = KernelBtf.in(types);
        return new Kernel() {
            @Override
            public KernelBtf running() {
                return btf;
            }
        };
    }

    /** A kernel that does not tell its types. */
    private static class Kernel implements KernelTypes {
        @Override
        public CoreTargets coreTargets() {
            throw new AssertionError("nothing is relocated");
        }

        @Override
        public KernelBtf running() {
            throw new BtfException("no types");
        }
    }

    private List<String> texts(KernelTypes kernel, int color, int own, int rights) throws Exception {
        ObjectFile object = CompiledSource.compile(folder, SOURCE);
        StructFields fields = new StructFields(object.btf())
                .read(object.btf().find("event", BtfKind.STRUCT).orElseThrow());
        DataSource source = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        fields.addTo(source);
        new EnumFormatter(object.btf(), kernel, Log.NONE).addTo(source, fields.enums());
        List<TextReader> readers = List.of(
                source.requireField("color").asText(),
                source.requireField("own").asText(),
                source.requireField("rights").asText());
        source.start();
        ByteBuffer bytes = ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putInt(color)
                .putInt(own)
                .putInt(rights);
        try (Record record = source.newRecord()) {
            record.wrap(MemorySegment.ofArray(bytes.array()), 0, 12);
            return readers.stream().map(reader -> record.text(reader.field())).toList();
        }
    }

    @Test
    void shouldUseTheNumbersOfTheRunningKernel() throws Exception {
        assertThat(texts(kernel(), 7, 2, 3)).containsExactly("RED", "SECOND", "READ|WRITE");
        assertThat(texts(kernel(), 1, 3, 2)).containsExactly("GREEN", "UNKNOWN", "WRITE");
        assertThat(texts(kernel(), 2, 1, 0)).containsExactly("UNKNOWN", "FIRST", "");
    }

    @Test
    void shouldUseItsOwnNumbersWhereTheKernelDoesNotTell() throws Exception {
        assertThat(texts(new Kernel(), 0, 1, 1)).containsExactly("RED", "FIRST", "READ");
        assertThat(texts(new Kernel(), 2, 2, 0)).containsExactly("BLUE", "SECOND", "");
    }
}
