// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.inspect.Corner;
import dev.jig.inspect.flow.ObjectFlow;
import dev.jig.inspect.flow.ProgramFlow;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    private final List<ProgramFlow> flows = ObjectFlow.of(ObjectFile.parse("corner", Corner.bytes("amd64.bpf.o")));

    @Test
    void shouldDrawEveryProgramAndMap() {
        String svg = new Picture(flows).svg();

        assertThat(svg).startsWith("<svg ").contains(">zz_first<", ">stats<", "Lookup+Read+Write+Delete");
    }

    @Test
    void shouldLetNoMarkupIn() {
        String hostile = "</pre><script>alert(1)</script>\"'&";
        List<Page.Program> programs = List.of(new Page.Program(flows.getFirst(), "  ; " + hostile + "\n"));

        String page = new Page(hostile, hostile, List.of(List.of(hostile)), programs).html();

        assertThat(page).doesNotContain("<script", "alert(1)</").contains("&lt;script&gt;", "default-src 'none'");
    }
}
