// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.RunOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputModesTest {
    private static DataSource source(String name, String... annotations) {
        DataSource source = new GadgetContext("x", RunOptions.DEFAULT).register(name, DataSourceType.SINGLE);
        for (int i = 0; i < annotations.length; i += 2) {
            source.annotate(annotations[i], annotations[i + 1]);
        }
        return source;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``             | columns
            json           | json
            json,columns   | columns
            open:json      | json
            open:json,open:yaml | yaml
            other:json     | columns
            JSON           | JSON
            """)
    void shouldChooseTheMode(String text, String mode) {
        assertThat(OutputModes.parse(text).of(source("open"))).isEqualTo(mode);
    }

    @Test
    void shouldRefuseMixedForms() {
        assertThatThrownBy(() -> OutputModes.parse("open:json,yaml"))
                .hasMessage("parsing default output modes: mixed values with and without specifying data source");
    }

    @Test
    void shouldKnowTheUsualModes() {
        assertThat(OutputModes.supported(source("x"))).containsExactly("columns", "json", "jsonpretty", "none", "yaml");
    }

    @Test
    void shouldTakeModesFromAnnotations() {
        DataSource source = source("x", "cli.supported-output-modes", "json, histogram");

        assertThat(OutputModes.supported(source)).containsExactly("histogram", "json");
        assertThat(OutputModes.defaultMode(source)).isEqualTo("histogram");
    }

    @Test
    void shouldTakeTheDefaultOnlyIfItIsSupported() {
        assertThat(OutputModes.defaultMode(source("x", "cli.default-output-mode", "yaml")))
                .isEqualTo("yaml");
        assertThat(OutputModes.defaultMode(source("x", "cli.default-output-mode", "odd")))
                .isEqualTo("columns");
    }

    @Test
    void shouldBearAnEmptyListOfModes() {
        assertThat(OutputModes.defaultMode(source("x", "cli.supported-output-modes", " , ")))
                .isEqualTo("columns");
    }

    @Test
    void shouldNameTheSourcesInDefaultsIfThereAreSeveral() {
        assertThat(OutputModes.defaults(List.of(source("a")))).isEqualTo("columns");
        assertThat(OutputModes.defaults(List.of(source("a"), source("b", "cli.default-output-mode", "json"))))
                .isEqualTo("a:columns,b:json");
    }
}
