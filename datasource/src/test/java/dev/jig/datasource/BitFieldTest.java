// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitFieldTest {
    private static final int BYTES = 24;

    private final DataSource source = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
    private final Container container =
            source.addStaticFields(BYTES, List.of(StaticField.of("whole", Kind.UINT64, 0, 8)));

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = bytes.clone();
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    @Test
    void shouldReadAnyBitsInEitherByteOrder() {
        source.start();
        Random random = new Random(7);
        byte[] bytes = new byte[BYTES];
        try (Record record = source.newRecord()) {
            for (int i = 0; i < 2000; i++) {
                random.nextBytes(bytes);
                record.wrap(MemorySegment.ofArray(bytes), 0, BYTES);
                int size = 1 + random.nextInt(Long.SIZE);
                int offset = random.nextInt(BYTES * Byte.SIZE - size + 1);
                BigInteger mask = BigInteger.ONE.shiftLeft(size).subtract(BigInteger.ONE);
                long little = new BigInteger(1, reversed(bytes))
                        .shiftRight(offset)
                        .and(mask)
                        .longValue();
                long big = new BigInteger(1, bytes)
                        .shiftRight(BYTES * Byte.SIZE - offset - size)
                        .and(mask)
                        .longValue();

                assertThat(container
                                .bits(offset, size, false, ByteOrder.LITTLE_ENDIAN)
                                .derive(record))
                        .isEqualTo(little);
                assertThat(container
                                .bits(offset, size, false, ByteOrder.BIG_ENDIAN)
                                .derive(record))
                        .isEqualTo(big);
            }
        }
    }

    @Test
    void shouldExtendSigns() {
        source.start();
        byte[] bytes = new byte[BYTES];
        Arrays.fill(bytes, (byte) 0b0110_0110);
        try (Record record = source.newRecord()) {
            record.wrap(MemorySegment.ofArray(bytes), 0, BYTES);
            assertThat(container.bits(1, 2, true, ByteOrder.LITTLE_ENDIAN).derive(record))
                    .isEqualTo(-1);
            assertThat(container.bits(2, 3, true, ByteOrder.LITTLE_ENDIAN).derive(record))
                    .isEqualTo(1);
            assertThat(container.bits(0, 2, true, ByteOrder.LITTLE_ENDIAN).derive(record))
                    .isEqualTo(-2);
        }
    }

    @Test
    void shouldRefuseImpossibleWidths() {
        assertThatThrownBy(() -> container.bits(3, 65, false, ByteOrder.LITTLE_ENDIAN))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("a bit-field of 65 bits at bit 3");
        assertThatThrownBy(() -> container.bits(-1, 1, false, ByteOrder.LITTLE_ENDIAN))
                .isInstanceOf(DataSourceException.class);
    }
}
