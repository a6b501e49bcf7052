// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.Host;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.Mapping;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.testing.HostTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@HostTest
class BpfMapTest {
    private static final int BPF_F_MMAPABLE = 1 << 10;

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }

    private static int number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt();
    }

    private static BpfMap hash(int entries) {
        return BpfMap.create(MapDefinition.of("hash", MapType.HASH, 4, 4, entries));
    }

    @Test
    void shouldKeepElements() {
        try (BpfMap map = hash(4)) {
            assertThat(map.lookup(bytes(1))).isEmpty();
            map.update(bytes(1), bytes(10), BpfMap.ANY);
            assertThat(map.lookup(bytes(1))).contains(bytes(10));
            map.update(bytes(1), bytes(11), BpfMap.EXIST);
            assertThat(map.lookup(bytes(1))).contains(bytes(11));
            assertThat(map.delete(bytes(1))).isTrue();
            assertThat(map.delete(bytes(1))).isFalse();
            assertThat(map.lookup(bytes(1))).isEmpty();
        }
    }

    @Test
    void shouldSayWhichConditionFailed() {
        try (BpfMap map = hash(4)) {
            assertThatThrownBy(() -> map.update(bytes(1), bytes(1), BpfMap.EXIST))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessage("BPF_MAP_UPDATE_ELEM map \"hash\": ENOENT");
            map.update(bytes(1), bytes(1), BpfMap.NO_EXIST);
            assertThatThrownBy(() -> map.update(bytes(1), bytes(1), BpfMap.NO_EXIST))
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            refused -> assertThat(refused.errno()).isEqualTo(Errno.EEXIST));
        }
    }

    @Test
    void shouldRefuseKeysAndValuesOfTheWrongSize() {
        try (BpfMap map = hash(4)) {
            assertThatThrownBy(() -> map.lookup(new byte[3]))
                    .isInstanceOf(BpfException.class)
                    .hasMessage("key of map \"hash\" must have 4 bytes, not 3");
            assertThatThrownBy(() -> map.update(bytes(1), new byte[5], BpfMap.ANY))
                    .hasMessage("value of map \"hash\" must have 4 bytes, not 5");
        }
    }

    @Test
    void shouldGoFromKeyToKey() {
        try (BpfMap map = hash(10)) {
            assertThat(map.nextKey(Optional.empty())).isEmpty();
            for (int i = 0; i < 10; i++) {
                map.update(bytes(i), bytes(i), BpfMap.ANY);
            }
            TreeSet<Integer> keys = new TreeSet<>();
            Optional<byte[]> key = map.nextKey(Optional.empty());
            while (key.isPresent()) {
                keys.add(number(key.get()));
                key = map.nextKey(key);
            }
            assertThat(keys).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void shouldLookUpWithReusedMemory() {
        try (BpfMap map = hash(4);
                Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(4, 8);
            MemorySegment value = arena.allocate(map.elementSize(), 8);
            BpfAttribute arguments = map.lookupArguments(arena, key, value);
            key.set(ValueLayout.JAVA_INT, 0, 7);
            assertThat(map.lookup(arguments)).isFalse();
            map.update(bytes(7), bytes(70), BpfMap.ANY);
            assertThat(map.lookup(arguments)).isTrue();
            assertThat(value.get(ValueLayout.JAVA_INT, 0)).isEqualTo(70);
        }
    }

    @Test
    void shouldHoldOneValueForEachProcessor() {
        try (BpfMap map = BpfMap.create(MapDefinition.of("percpu", MapType.PERCPU_ARRAY, 4, 5, 1))) {
            assertThat(map.elementSize()).isEqualTo(8 * PossibleCpus.count());
            byte[] values = new byte[map.elementSize()];
            for (int processor = 0; processor < PossibleCpus.count(); processor++) {
                values[8 * processor] = (byte) (processor + 1);
            }
            map.update(bytes(0), values, BpfMap.ANY);
            assertThat(map.lookup(bytes(0))).contains(values);
        }
    }

    @Test
    void shouldBeReadOnlyWhenFrozen() {
        try (BpfMap map = BpfMap.create(MapDefinition.of("frozen", MapType.ARRAY, 4, 4, 1))) {
            map.update(bytes(0), bytes(5), BpfMap.ANY);
            assertThat(map.freeze()).isTrue();
            assertThatThrownBy(() -> map.update(bytes(0), bytes(6), BpfMap.ANY)).hasMessageContaining("EPERM");
            assertThat(map.lookup(bytes(0))).contains(bytes(5));
        }
    }

    @Test
    void shouldShareItsMemory() {
        MapDefinition definition =
                MapDefinition.of("mapped", MapType.ARRAY, 4, 12, 3).withFlags(BPF_F_MMAPABLE);
        try (BpfMap map = BpfMap.create(definition);
                Mapping mapping = map.map()) {
            // Values lie 16 bytes apart, as the kernel rounds their size up to eight.
            mapping.memory().set(ValueLayout.JAVA_INT, 16, 99);
            assertThat(map.lookup(bytes(1))).contains(new byte[] {99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            byte[] value = new byte[12];
            value[0] = 42;
            map.update(bytes(2), value, BpfMap.ANY);
            assertThat(mapping.memory().get(ValueLayout.JAVA_INT, 32)).isEqualTo(42);
        }
    }

    @Test
    void shouldHoldMaps() {
        try (BpfMap template = hash(4)) {
            MapDefinition definition = new MapDefinition(
                    "outer",
                    MapType.HASH_OF_MAPS,
                    4,
                    4,
                    2,
                    0,
                    0,
                    0,
                    MapTypes.NONE,
                    OptionalInt.of(template.descriptor().number()));
            try (BpfMap outer = BpfMap.create(definition);
                    BpfMap inner = hash(4)) {
                outer.update(bytes(1), bytes(inner.descriptor().number()), BpfMap.ANY);
                assertThat(outer.lookup(bytes(1))).contains(bytes(Host.id(inner.descriptor(), false)));
            }
        }
    }

    @Test
    void shouldExplainRefusals() {
        assertThatThrownBy(() -> BpfMap.create(MapDefinition.of("huge", MapType.ARRAY, 4, 1 << 30, 1 << 30)))
                .hasMessageContaining("create map \"huge\": ")
                .hasMessageContaining("too large for this kernel (1073741824 entries of 4 + 1073741824 bytes)");
        assertThatThrownBy(() -> BpfMap.create(MapDefinition.of("odd", 9999, 4, 4, 1)))
                .hasMessage("create map \"odd\": EINVAL: type 9999, key 4 bytes, value 4 bytes, 1 entries, flags 0");
    }

    @Test
    void shouldGoWithItsLastDescriptor() {
        int id;
        try (BpfMap map = hash(1)) {
            id = Host.id(map.descriptor(), false);
            assertThat(Host.ids(BpfCommand.BPF_MAP_GET_NEXT_ID)).contains(id);
        }
        Host.awaitGone(BpfCommand.BPF_MAP_GET_NEXT_ID, List.of(id));
    }

    @Test
    void shouldReadBatchesHoweverSmallTheyStart() {
        try (BpfMap map = hash(1000);
                BatchReader reader = new BatchReader(map, 1)) {
            for (int i = 0; i < 1000; i++) {
                map.update(bytes(i), bytes(2 * i), BpfMap.ANY);
            }
            TreeSet<Integer> keys = new TreeSet<>();
            // A thousand keys in 1024 buckets: some bucket has two, for which a batch of one has no room.
            reader.read((batchKeys, values, count) -> {
                for (int i = 0; i < count; i++) {
                    int key = batchKeys.getAtIndex(ValueLayout.JAVA_INT, i);
                    assertThat(values.getAtIndex(ValueLayout.JAVA_INT, i)).isEqualTo(2 * key);
                    assertThat(keys.add(key)).isTrue();
                }
            });
            assertThat(keys).hasSize(1000);

            int[] drained = {0};
            reader.drain((batchKeys, values, count) -> drained[0] += count);
            assertThat(drained[0]).isEqualTo(1000);
            assertThat(map.nextKey(Optional.empty())).isEmpty();
            reader.drain((batchKeys, values, count) -> drained[0] += count);
            assertThat(drained[0]).isEqualTo(1000);
        }
    }

    @Test
    void shouldReadArraysInBatches() {
        try (BpfMap map = BpfMap.create(MapDefinition.of("array", MapType.ARRAY, 4, 4, 10));
                BatchReader reader = new BatchReader(map, 3)) {
            for (int i = 0; i < 10; i++) {
                map.update(bytes(i), bytes(i * i), BpfMap.ANY);
            }
            TreeSet<Integer> values = new TreeSet<>();
            reader.read((keys, batch, count) -> {
                for (int i = 0; i < count; i++) {
                    values.add(batch.getAtIndex(ValueLayout.JAVA_INT, i));
                }
            });
            assertThat(values).containsExactly(0, 1, 4, 9, 16, 25, 36, 49, 64, 81);
        }
    }
}
