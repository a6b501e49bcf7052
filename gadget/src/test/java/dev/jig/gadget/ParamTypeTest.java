// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParamTypeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            int8    | 127
            int8    | -128
            int16   | +5
            int64   | -9223372036854775808
            uint    | 18446744073709551615
            uint8   | 255
            uint32  | 007
            bool    | true
            bool    | FALSE
            float64 | 1e3
            ip      | 10.0.0.1
            ip      | ::1
            ip      | ``
            duration | 1h2m
            string  | anything
            bytes   | anything
            []string | a,b
            unknown | anything
            """)
    void shouldAcceptValues(String hint, String text) {
        assertThat(ParamType.ofHint(hint).problem(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            int8   | 128  | expected numeric value: strconv.ParseInt: parsing "128": value out of range
            int8   | -129 | expected numeric value: strconv.ParseInt: parsing "-129": value out of range
            int    | x    | expected numeric value: strconv.ParseInt: parsing "x": invalid syntax
            int    | ``   | expected numeric value: strconv.ParseInt: parsing "": invalid syntax
            int    | -    | expected numeric value: strconv.ParseInt: parsing "-": invalid syntax
            uint8  | 256  | expected numeric value: strconv.ParseUint: parsing "256": value out of range
            uint   | -1   | expected numeric value: strconv.ParseUint: parsing "-1": invalid syntax
            uint   | 0x10 | expected numeric value: strconv.ParseUint: parsing "0x10": invalid syntax
            uint   | ٣    | expected numeric value: strconv.ParseUint: parsing "٣": invalid syntax
            uint64 | 18446744073709551616 | expected numeric value: strconv.ParseUint: parsing "18446744073709551616": value out of range
            bool   | yes  | expected 'true' or 'false', got: "yes"
            duration | 5  | time: missing unit in duration "5"
            ip     | 1.2.3 | invalid IP address: "1.2.3"
            ip     | localhost | invalid IP address: "localhost"
            float32 | x   | expected numeric value: strconv.ParseFloat: parsing "x": invalid syntax
            """)
    void shouldSayWhatIsWrong(String hint, String text, String problem) {
        assertThat(ParamType.ofHint(hint).problem(text)).hasValue(problem);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeFoundByItsHint(ParamType type) {
        assertThat(ParamType.ofHint(type.hint())).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"INT64,int", "UINT64,uint", "FLOAT64,float", "STRING,string", "UINT32,uint32", "STRINGS,[]string"})
    void shouldAbbreviateInHelpTexts(ParamType type, String word) {
        assertThat(type.helpWord()).isEqualTo(word);
    }
}
