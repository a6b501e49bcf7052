// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.sys.LockedMemory;
import dev.jig.testing.HostTest;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapMemoryTest {
    @HostTest
    @ParameterizedTest
    @CsvSource({
        "1, 16, 40, 10240",
        "2, 4, 64, 1000",
        "5, 8, 24, 10240",
        "6, 4, 128, 1000",
        "7, 4, 1016, 10000",
        "9, 8, 8, 65536",
        "27, 0, 0, 262144",
    })
    void shouldComeNearToWhatTheKernelTells(int type, int key, int value, int entries) {
        MapDefinition definition = MapDefinition.of("estimated", type, key, value, entries);
        try (BpfMap map = BpfMap.create(definition)) {
            long told = LockedMemory.of(map.descriptor()).orElseThrow();
            assertThat(MapMemory.estimate(definition, PossibleCpus.count()))
                    .isCloseTo(told, Percentage.withPercentage(5));
        }
    }

    @Test
    void shouldTellMapsThatGrow() {
        MapDefinition hash = MapDefinition.of("hash", MapType.HASH, 4, 4, 10);
        assertThat(MapMemory.growsWithElements(hash)).isFalse();
        assertThat(MapMemory.growsWithElements(hash.withFlags(1))).isTrue();
    }

    @Test
    void shouldRoundMappedArraysUpToPages() {
        MapDefinition array = MapDefinition.of("array", MapType.ARRAY, 4, 4, 1).withFlags(0x400);
        assertThat(MapMemory.estimate(array, 1)).isEqualTo(8192);
    }
}
