// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.inventory.MapFacts;
import dev.jig.bpf.map.MapType;
import java.util.List;
import java.util.Map;
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
        memory.begin(List.of(List.of(1, 2), List.of(1), List.of(2)), Map.of());
        assertThat(memory.of(List.of(1, 2))).isEqualTo(650);
        assertThat(memory.of(List.of(1))).isEqualTo(500);
        assertThat(memory.of(List.of(2))).isEqualTo(150);
    }

    @Test
    void shouldCountForEachIfAskedTo() {
        MapMemory memory = new MapMemory(kernel, false);
        memory.begin(List.of(List.of(1, 2), List.of(1)), Map.of());
        assertThat(memory.of(List.of(1, 2))).isEqualTo(1300);
        assertThat(memory.of(List.of(1))).isEqualTo(1000);
        memory.begin(List.of(List.of(3)), Map.of());
        assertThat(memory.of(List.of(3))).isEqualTo(10);
    }

    @Test
    void shouldCountMapsInMaps() {
        MapMemory memory = new MapMemory(kernel, true);
        memory.begin(List.of(List.of(3)), Map.of());
        assertThat(memory.of(List.of(3))).isEqualTo(1010);
    }

    @Test
    void shouldAskAgainOnlyForMapsThatGrow() {
        MapMemory memory = new MapMemory(kernel, true);
        memory.begin(List.of(List.of(1, 2)), Map.of());
        memory.of(List.of(1, 2));
        kernel.mapQuestions = 0;
        kernel.maps.put(2, new MapFacts(2, MapType.HASH, 4, GROWS, 700));
        memory.begin(List.of(List.of(1, 2)), Map.of());
        assertThat(memory.of(List.of(1, 2))).isEqualTo(1700);
        assertThat(kernel.mapQuestions).isEqualTo(1);
    }

    @Test
    void shouldPassOverMapsThatAreGone() {
        MapMemory memory = new MapMemory(kernel, true);
        memory.begin(List.of(List.of(1, 99)), Map.of());
        assertThat(memory.of(List.of(1, 99))).isEqualTo(1000);
    }

    @Test
    void shouldCountPerfBuffersWhereSharesCount() {
        kernel.maps.put(4, new MapFacts(4, MapType.PERF_EVENT_ARRAY, 4, 0, 32));
        MapMemory memory = new MapMemory(kernel, true);
        memory.begin(List.of(List.of(4), List.of(4)), Map.of(4, 524_288L));
        assertThat(memory.of(List.of(4))).isEqualTo((32 + 524_288) / 2);
        MapMemory upstream = new MapMemory(kernel, false);
        upstream.begin(List.of(List.of(4)), Map.of(4, 524_288L));
        assertThat(upstream.of(List.of(4))).isEqualTo(32);
    }
}
