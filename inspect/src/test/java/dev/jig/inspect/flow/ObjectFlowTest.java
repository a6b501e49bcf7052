// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.inspect.Corner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectFlowTest {
    @Test
    void shouldKnowTheMapsOfTheCornerCases() {
        ObjectFile object = ObjectFile.parse("corner", Corner.bytes("amd64.bpf.o"));

        List<String> edges = new ArrayList<>();
        for (ProgramFlow flow : ObjectFlow.of(object)) {
            flow.uses().forEach(use -> edges.add(flow.name() + " " + use.label() + " " + use.target()));
        }

        assertThat(edges).contains("zz_first Delete names");
    }
}
