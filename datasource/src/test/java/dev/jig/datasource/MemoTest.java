// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoTest {
    private final List<String> computed = new ArrayList<>();

    @Test
    void shouldComputeEachTextOfANumberOnce() {
        LongTextMemo memo = new LongTextMemo(1000, key -> {
            computed.add(Long.toString(key));
            return Utf8Literal.of("n" + key);
        });
        for (int round = 0; round < 3; round++) {
            for (long key = -50; key < 50; key++) {
                assertThat(memo.of(key << 33)).hasToString("n" + (key << 33));
                assertThat(memo.of(key << 33)).hasToString("n" + (key << 33));
            }
        }
        assertThat(computed).hasSize(100).doesNotHaveDuplicates();
        assertThat(memo.size()).isEqualTo(100);
        memo.clear();
        assertThat(memo.size()).isZero();
        assertThat(memo.of(0)).hasToString("n0");
        assertThat(computed).hasSize(101);
    }

    @Test
    void shouldForgetNumbersBeyondTheLimit() {
        LongTextMemo memo = new LongTextMemo(10, key -> Utf8Literal.of("n" + key));
        for (long key = 0; key < 1000; key++) {
            assertThat(memo.of(key)).hasToString("n" + key);
            assertThat(memo.size()).isBetween(1, 10);
        }
    }

    @Test
    void shouldComputeEachTextOfBytesOnce() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        FieldWriter writer =
                dataSource.addField(NewField.of("name", Kind.STRING)).asWriter();
        TextReader reader = writer.field().asText();
        BytesTextMemo memo = new BytesTextMemo(20, key -> {
            computed.add(new String(key, java.nio.charset.StandardCharsets.UTF_8));
            return Utf8Literal.of("<" + new String(key, java.nio.charset.StandardCharsets.UTF_8) + ">");
        });
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            for (int i = 0; i < 60; i++) {
                record.begin();
                String name = "x".repeat(i % 20);
                writer.setText(record, name);
                reader.locate(record);
                assertThat(memo.ofWindow(record)).hasToString("<" + name + ">");
            }
            assertThat(computed).hasSize(20);
            for (int i = 0; i < 100; i++) {
                record.begin();
                writer.setText(record, "name" + i);
                reader.locate(record);
                assertThat(memo.ofWindow(record)).hasToString("<name" + i + ">");
                assertThat(memo.size()).isBetween(1, 20);
            }
        }
    }
}
