// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldSelectionTest {
    private final DataSource open = Example.dataSource("trace_open");

    private List<String> names(String selection, boolean compat) {
        List<String> names = new ArrayList<>();
        for (Field field : FieldSelection.parse(selection).fields(open, compat)) {
            names.add(field.fullName());
        }
        return names;
    }

    private static final String[] USUAL = {
        "runtime.containerName",
        "proc.comm",
        "proc.pid",
        "proc.tid",
        "proc.parent.tid",
        "fd",
        "fname",
        "fpath",
        "error",
        "mode"
    };

    @Test
    void shouldShowVisibleFieldsByPosition() {
        assertThat(FieldSelection.usual().fields(open, false))
                .extracting(Field::fullName)
                .containsExactly(USUAL);
        assertThat(FieldSelection.usual().fields(open, true))
                .extracting(Field::fullName)
                .containsExactly(USUAL);
        assertThat(names("", false)).containsExactly(USUAL);
        assertThat(names("other:pid", false)).containsExactly(USUAL);
    }

    @Test
    void shouldTakeExplicitNamesInTheUsersOrder() {
        assertThat(names(" fname , proc.pid,,fname,FD", false)).containsExactly("fname", "proc.pid", "fd");
        assertThat(names("pid,uid", false)).containsExactly("proc.pid", "proc.creds.uid");
        assertThat(names("fd,+flags,-fd", false)).containsExactly("flags");
    }

    @Test
    void shouldPlaceAdditionsByPosition() {
        assertThat(names("+timestamp,-fd,-COMM", false))
                .containsExactly(
                        "runtime.containerName",
                        "proc.pid",
                        "proc.tid",
                        "proc.parent.tid",
                        "fname",
                        "fpath",
                        "error",
                        "timestamp",
                        "mode");
        assertThat(names("+fd", false)).containsExactly(USUAL);
    }

    @Test
    void shouldAppendAdditionsBehindIndexOrderWhenCompatible() {
        assertThat(names("+flags,-fd,-COMM", true))
                .containsExactly(
                        "proc.comm",
                        "proc.pid",
                        "proc.tid",
                        "proc.parent.tid",
                        "fname",
                        "fpath",
                        "runtime.containerName",
                        "error",
                        "mode",
                        "flags");
        assertThat(names("", true)).startsWith("proc.comm");
        assertThat(names("-nosuch", true)).hasSize(10);
    }

    @Test
    void shouldSelectPerDataSource() {
        FieldSelection selection = FieldSelection.parse("other:a;open:fd;comm");
        assertThat(selection.fields(open, false)).extracting(Field::fullName).containsExactly("fd");
        assertThat(selection.fields(Example.dataSource("snapshot_process"), true))
                .extracting(Field::fullName)
                .containsExactly("comm");
        assertThat(selection.dataSources()).containsExactly("open", "other");
    }

    @Test
    void shouldSuggestWhatWasMeant() {
        assertThatThrownBy(() -> names("fnmae", false))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("unknown field \"fnmae\" for data source \"open\"; did you mean \"fname\"?");
        assertThatThrownBy(() -> names("-nosuchthing", false))
                .hasMessage("unknown field \"nosuchthing\" for data source \"open\"");
        assertThatThrownBy(() -> names("nosuch", true))
                .hasMessage("failed to set fields: column \"nosuch\" is invalid; skipping data source \"open\"");
    }

    @Test
    void shouldNotSelectGroupsWithoutValue() {
        assertThatThrownBy(() -> names("k8s", false)).hasMessageContaining("unknown field \"k8s\"");
        assertThat(names("proc", false)).containsExactly("proc");
        assertThat(FieldSelection.availableFields(open))
                .extracting(Field::fullName)
                .isSorted()
                .contains("proc", "ustack")
                .doesNotContain("k8s", "runtime");
    }

    @Test
    void shouldSuggestNothingThatIsFarAway() {
        assertThat(Suggestion.nearest("comn", List.of("pid", "comm", "com"))).contains("comm");
        assertThat(Suggestion.nearest("abcdef", List.of("uvwxyz"))).isEmpty();
        assertThat(Suggestion.nearest("x", List.of())).isEmpty();
    }
}
