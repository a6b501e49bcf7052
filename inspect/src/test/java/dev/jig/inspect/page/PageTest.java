// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.SourceLine;
import dev.jig.inspect.Corner;
import dev.jig.inspect.flow.ObjectFlow;
import dev.jig.inspect.flow.ProgramFlow;
import dev.jig.inspect.listing.Disassembly;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {
    private final List<ProgramFlow> flows = ObjectFlow.of(ObjectFile.parse("corner", Corner.bytes("amd64.bpf.o")));

    @Test
    void shouldDrawEveryProgramAndMap() {
        String svg = new Picture(flows).svg();

        assertThat(svg).startsWith("<svg ").contains(">zz_first<", ">stats<", "Delete+Lookup+Read+Write");
    }

    @Test
    void shouldLetNoMarkupIn() {
        String hostile = "</pre><script>alert(1)</script>\"'&";
        SourceLine line = new SourceLine(hostile, 1, 1, hostile);
        Disassembly.Part part = new Disassembly.Part(Optional.of(hostile), Optional.of(line), hostile);
        List<Page.Program> programs = List.of(new Page.Program(flows.getFirst(), List.of(part)));
        Table table = new Table(hostile, List.of(hostile), List.of(List.of(hostile)));

        String page = new Page(
                        hostile, "<svg></svg>", hostile, Map.of(hostile, hostile), List.of(table), table, programs)
                .html();

        assertThat(page).doesNotContain("<script", "alert(1)</").contains("&lt;script&gt;", "default-src 'none'");
    }
}
