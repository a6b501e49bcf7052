// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationsTest {
    private static Configuration apply(String text) {
        Configuration configuration = Configuration.empty();
        new Annotations(text).applyTo(configuration);
        return configuration;
    }

    @Test
    void shouldAnnotateDataSourcesAndFields() {
        Configuration configuration = apply("open:cli.x=1,open.proc.comm:columns.width=5,,exec:k=");

        assertThat(configuration.below("datasources.open.annotations").entries())
                .containsEntry("cli.x", "1");
        assertThat(configuration
                        .below("datasources.open.fields.proc.comm.annotations")
                        .entries())
                .containsEntry("columns.width", "5");
        assertThat(configuration.below("datasources.exec.annotations").entries())
                .containsEntry("k", "");
    }

    @Test
    void shouldTakeEscapedCommas() {
        Configuration configuration = apply("open:list=a\\,b\\\\\\,c=d:e");

        assertThat(configuration.below("datasources.open.annotations").entries())
                .containsEntry("list", "a,b\\,c=d:e")
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            foo      | must be in subject:assignment format
            :k=v     | has empty subject or assignment
            open:    | has empty subject or assignment
            open:k   | must contain a key=value pair
            open:=v  | has empty key
            open.:k=v | has empty field or subfield name
            .f:k=v   | has empty field or subfield name
            a..b:k=v | has empty field or subfield name
            a.b.:k=v | has empty field or subfield name
            """)
    void shouldSayWhatIsWrong(String text, String problem) {
        assertThatThrownBy(() -> apply(text))
                .isInstanceOf(GadgetException.class)
                .hasMessage("annotation \"" + text + "\" " + problem);
    }
}
