// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.inspect.Corner;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowTreeTest {
    private static List<?> list(Map<?, ?> tree, String member) {
        return tree.get(member) instanceof List<?> list ? list : List.of();
    }

    @Test
    void shouldTellEachConditionOnce() {
        List<ProgramFlow> flows = ObjectFlow.of(ObjectFile.parse("corner", Corner.bytes("amd64.bpf.o")));
        int referred = 0;

        for (Object program : FlowTree.of(flows)) {
            Map<?, ?> tree = (Map<?, ?>) program;
            List<?> conditions = list(tree, "conditions");
            assertThat(conditions).doesNotHaveDuplicates();
            Set<Long> used = new HashSet<>();
            for (Object interaction : list(tree, "interactions")) {
                list((Map<?, ?>) interaction, "conditions").forEach(place -> used.add((Long) place));
            }
            assertThat(used).hasSize(conditions.size());
            assertThat(used).allMatch(place -> place < conditions.size());
            referred += used.size();
        }
        assertThat(referred).isPositive();
    }
}
