// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldSurviveTheWire(Kind kind) {
        assertThat(Kind.ofWireNumber(kind.wireNumber())).isEqualTo(kind);
    }

    @Test
    void shouldMarkArraysByBit() {
        assertThat(Kind.UINT64_ARRAY.wireNumber()).isEqualTo(268435465);
        assertThat(Kind.UINT64.arrayOf()).isEqualTo(Kind.UINT64_ARRAY);
        assertThat(Kind.UINT64_ARRAY.element()).isEqualTo(Kind.UINT64);
        assertThat(Kind.UINT64_ARRAY.width()).isEqualTo(8);
        assertThatThrownBy(Kind.UINT64_ARRAY::arrayOf).hasMessage("an array of Uint64Array is not a kind");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, -1, 0x10000000 | 15, 0x20000000})
    void shouldRefuseUnknownNumbers(int number) {
        assertThatThrownBy(() -> Kind.ofWireNumber(number))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("unknown field kind 0x" + Integer.toHexString(number));
    }

    @Test
    void shouldTellNumbersFromTexts() {
        assertThat(Kind.BOOL.isNumeric()).isTrue();
        assertThat(Kind.BOOL.isInteger()).isFalse();
        assertThat(Kind.INT8.isSigned()).isTrue();
        assertThat(Kind.UINT64.isSigned()).isFalse();
        assertThat(Kind.UINT64.isInteger()).isTrue();
        assertThat(Kind.FLOAT32.isFloat()).isTrue();
        assertThat(Kind.FLOAT32.isInteger()).isFalse();
        assertThat(Kind.CSTRING.isText()).isTrue();
        assertThat(Kind.BYTES.isText()).isFalse();
        assertThat(Kind.UINT8_ARRAY.isInteger()).isFalse();
    }
}
