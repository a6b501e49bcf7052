// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class AuxiliaryVectorTest {
    private static byte[] vector(long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.nativeOrder());
        for (long word : words) {
            bytes.putLong(word);
        }
        return bytes.array();
    }

    @Test
    void shouldFindThePageSize() {
        assertThat(AuxiliaryVector.find(vector(33, 1, 6, 65536, 0, 0), 6, 4096)).isEqualTo(65536);
    }

    @Test
    void shouldTakeTheUsualSizeWhereNoneIsTold() {
        assertThat(AuxiliaryVector.find(vector(33, 1, 0, 0), 6, 4096)).isEqualTo(4096);
        assertThat(AuxiliaryVector.find(new byte[0], 6, 4096)).isEqualTo(4096);
        assertThat(AuxiliaryVector.find(new byte[15], 6, 4096)).isEqualTo(4096);
    }

    @Test
    void shouldTellThisMachinesPageSize() {
        assertThat(Integer.bitCount(AuxiliaryVector.pageSize())).isEqualTo(1);
        assertThat(AuxiliaryVector.pageSize()).isBetween(4096, 65536);
    }

    @Test
    void shouldTellTheTicksOfThisMachine() {
        assertThat(AuxiliaryVector.clockTicks()).isBetween(24, 1200);
    }
}
