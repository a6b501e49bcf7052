// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.inventory.MapFacts;
import dev.jig.bpf.map.MapType;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MapMemoryTest {
    private static final int GROWS = 1;

    private FakeKernel kernel = new FakeKernel();

    @BeforeEach
    void makeMaps() {
        kernel = new FakeKernel();
        kernel.maps.put(1, new MapFacts(1, MapType.HASH, 4, 0, 1000));
        kernel.maps.put(2, new MapFacts(2, MapType.HASH, 4, GROWS, 300));
        kernel.maps.put(3, new MapFacts(3, MapType.ARRAY_OF_MAPS, 4, 0, 10));
        kernel.inner.put(3, List.of(1));
    }

    @Test
    void shouldSplitWhatSeveralShare() {
        MapMemory memory = new MapMemory(kernel, true);
        memory.begin(List.of(List.of(1, 2), List.of(1), List.of(2)));
        assertThat(memory.of(List.of(1, 2))).isEqualTo(650);
        assertThat(memory.of(List.of(1))).isEqualTo(500);
        assertThat(memory.of(List.of(2))).isEqualTo(150);
    }

    @Test
    void shouldCountForEachIfAskedTo() {
        MapMemory memory = new MapMemory(kernel, false);
        memory.begin(List.of(List.of(1, 2), List.of(1)));
        assertThat(memory.of(List.of(1, 2))).isEqualTo(1300);
        assertThat(memory.of(List.of(1))).isEqualTo(1000);
        memory.begin(List.of(List.of(3)));
        assertThat(memory.of(List.of(3))).isEqualTo(10);
    }

    @Test
    void shouldCountMapsInMaps() {
        MapMemory memory = new MapMemory(kernel, true);
        memory.begin(List.of(List.of(3)));
        assertThat(memory.of(List.of(3))).isEqualTo(1010);
    }

    @Test
    void shouldAskAgainOnlyForMapsThatGrow() {
        MapMemory memory = new MapMemory(kernel, true);
        memory.begin(List.of(List.of(1, 2)));
        memory.of(List.of(1, 2));
        kernel.mapQuestions = 0;
        kernel.maps.put(2, new MapFacts(2, MapType.HASH, 4, GROWS, 700));
        memory.begin(List.of(List.of(1, 2)));
        assertThat(memory.of(List.of(1, 2))).isEqualTo(1700);
        assertThat(kernel.mapQuestions).isEqualTo(1);
    }

    @Test
    void shouldPassOverMapsThatAreGone() {
        MapMemory memory = new MapMemory(kernel, true);
        memory.begin(List.of(List.of(1, 99)));
        assertThat(memory.of(List.of(1, 99))).isEqualTo(1000);
    }
}
