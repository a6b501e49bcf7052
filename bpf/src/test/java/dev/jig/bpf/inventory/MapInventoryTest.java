// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.testing.HostTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

@HostTest
class MapInventoryTest {
    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    @Test
    void shouldTellWhichMapsAreInAMap() {
        try (BpfMap inner = BpfMap.create(MapDefinition.of("inner", MapType.ARRAY, 4, 8, 1));
                BpfMap outer = BpfMap.create(MapDefinition.of("outer", MapType.HASH_OF_MAPS, 4, 4, 8)
                        .withInnerMap(inner.descriptor().number()))) {
            MapFacts facts = MapInventory.facts(outer.descriptor());
            assertThat(facts.holdsMaps()).isTrue();
            assertThat(MapInventory.innerMaps(facts)).isEmpty();

            outer.update(number(77), number(inner.descriptor().number()), BpfMap.ANY);

            int innerId = MapInventory.facts(inner.descriptor()).id();
            assertThat(MapInventory.innerMaps(facts)).containsExactly(innerId);
            assertThat(MapInventory.facts(innerId)).isPresent();
        }
    }
}
