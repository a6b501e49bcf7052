// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static int find(Groups groups, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return groups.find(bytes, bytes.length);
    }

    private static String key(Groups groups, int group, int length) {
        return new String(groups.keys(), groups.keyStart(group), length, StandardCharsets.UTF_8);
    }

    @Test
    void shouldCountLikeAMap() {
        Groups groups = new Groups(1, 100_000, 1 << 20);
        Map<String, Long> expected = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            String key = "key" + random.nextInt(5000);
            int group = find(groups, key);
            groups.increment(group);
            groups.setSum(group, 0, groups.sum(group, 0) + i);
            expected.merge(key, 1L, Long::sum);
        }
        assertThat(groups.size()).isEqualTo(expected.size() + 1);
        assertThat(groups.count(Groups.OTHERS)).isZero();
        expected.forEach((key, count) -> {
            int group = find(groups, key);
            assertThat(groups.count(group)).isEqualTo(count);
            assertThat(key(groups, group, key.length())).isEqualTo(key);
        });
    }

    @Test
    void shouldKeepTotalsExactWhenThereIsNoRoom() {
        Groups groups = new Groups(0, 3, 1 << 20);
        for (String key : new String[] {"a", "b", "", "d", "e", "a", "d"}) {
            groups.increment(find(groups, key));
        }
        assertThat(groups.size()).isEqualTo(4);
        assertThat(groups.count(Groups.OTHERS)).isEqualTo(3);
        assertThat(groups.count(find(groups, "a"))).isEqualTo(2);
        assertThat(groups.count(find(groups, ""))).isEqualTo(1);
    }

    @Test
    void shouldBoundTheBytesOfKeys() {
        Groups groups = new Groups(0, 1000, 10);

        assertThat(find(groups, "12345678")).isEqualTo(1);
        assertThat(find(groups, "123")).isEqualTo(Groups.OTHERS);
        assertThat(find(groups, "12")).isEqualTo(2);
        assertThat(find(groups, "12345678")).isEqualTo(1);
    }
}
