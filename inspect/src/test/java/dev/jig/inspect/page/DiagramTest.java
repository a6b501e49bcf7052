// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.inspect.Corner;
import dev.jig.inspect.InspectException;
import dev.jig.inspect.flow.ObjectFlow;
import dev.jig.inspect.flow.ProgramFlow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagramTest {
    private final List<ProgramFlow> flows = ObjectFlow.of(ObjectFile.parse("corner", Corner.bytes("amd64.bpf.o")));

    @Test
    void shouldGiveProgramsThatDoTheSameOneBox() {
        ProgramFlow flow = flows.getFirst();

        Diagram diagram = Diagram.of(Collections.nCopies(12, flow));

        List<Diagram.Box> programs = new ArrayList<>(diagram.boxes());
        programs.removeIf(box -> box.kind() != Diagram.Kind.PROGRAM);
        assertThat(programs).hasSize(1);
        assertThat(programs.getFirst().texts())
                .hasSize(9)
                .startsWith(flow.name())
                .endsWith("and 4 more that do the same");
        assertThat(programs.getFirst().title().lines()).hasSize(12);
    }

    @Test
    void shouldCutLongNames() {
        Diagram.Box box = new Diagram.Box(Diagram.Kind.MAP, List.of("a".repeat(100)), "all");

        Diagram shorter = new Diagram(List.of(box), List.of()).shortened(10, 10);

        assertThat(shorter.boxes().getFirst().texts()).containsExactly("aaaaaaaaa\u2026");
        assertThat(shorter.boxes().getFirst().title()).isEqualTo("all");
    }

    @Test
    void shouldKeepBoxesApart() {
        Diagram diagram = Diagram.of(flows);
        DiagramLayout layout = new DiagramLayout(diagram);

        for (int i = 0; i < diagram.boxes().size(); i++) {
            DiagramLayout.Area area = layout.box(i);
            assertThat(area.x() + area.width()).isLessThanOrEqualTo(layout.width());
            assertThat(area.y() + area.height()).isLessThanOrEqualTo(layout.height());
            for (int j = 0; j < i; j++) {
                DiagramLayout.Area other = layout.box(j);
                boolean apart = area.x() >= other.x() + other.width()
                        || other.x() >= area.x() + area.width()
                        || area.y() >= other.y() + other.height()
                        || other.y() >= area.y() + area.height();
                assertThat(apart).as("%s and %s", area, other).isTrue();
            }
        }
    }

    @Test
    void shouldDrawTheSameEachTime() {
        assertThat(new Picture(flows).svg()).isEqualTo(new Picture(flows).svg());
    }

    @Test
    void shouldNotDrawWhatNobodyCouldRead() {
        Diagram.Box box = new Diagram.Box(Diagram.Kind.MAP, List.of("map"), "map");

        assertThatThrownBy(() -> new DiagramLayout(new Diagram(Collections.nCopies(401, box), List.of())))
                .isInstanceOf(InspectException.class)
                .hasMessageContaining("401 boxes and 0 lines");
    }
}
