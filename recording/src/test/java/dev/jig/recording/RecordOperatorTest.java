// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordOperatorTest {
    @ParameterizedTest
    @CsvSource({
        "x.jig, x.trace_open.jig",
        "x, x.trace_open",
        "/a.b/x, /a.b/x.trace_open",
        "/a.b/x.y.jig, /a.b/x.y.trace_open.jig",
        ".hidden, .hidden.trace_open"
    })
    void shouldNameTheFileOfOneOfSeveralGadgets(String file, String expected) {
        assertThat(RecordOperator.fileOf("trace_open", file)).isEqualTo(expected);
    }
}
