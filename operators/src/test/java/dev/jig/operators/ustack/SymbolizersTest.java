// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ustack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jig.gadget.GadgetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolizersTest {
    @ParameterizedTest
    @CsvSource({
        "'',false,false",
        "none,false,false",
        "auto,true,false",
        "symtab,true,false",
        "'debuginfod-cache',false,true",
        "'debuginfod-cache,symtab',true,true",
        "'symtab,debuginfod-cache-on-ig-server',true,false"
    })
    void shouldUnderstandLists(String text, boolean tables, boolean cache) {
        assertThat(Symbolizers.parse(text)).isEqualTo(new Symbolizers(tables, cache));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuch", "symtab,", ",", "symtab,auto", "none,symtab"})
    void shouldRefuseWhatIsNone(String text) {
        assertThatExceptionOfType(GadgetException.class)
                .isThrownBy(() -> Symbolizers.parse(text))
                .withMessageContaining("unknown symbolizer");
    }

    @Test
    void shouldSayThatAProfilerIsNotThere() {
        assertThatExceptionOfType(GadgetException.class)
                .isThrownBy(() -> Symbolizers.parse("symtab,otel-ebpf-profiler"))
                .withMessageContaining("not available here");
    }
}
