// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParamTest {
    private static final Param PID = Param.of("operator.oci.ebpf.", "pid", ParamType.UINT32, "0", "a process");

    @Test
    void shouldNameItsKeyInProblems() {
        assertThat(PID.problem("x"))
                .hasValue("invalid value \"x\" as \"pid\": expected numeric value: strconv.ParseUint: parsing \"x\":"
                        + " invalid syntax");
        assertThat(PID.problem("7")).isEmpty();
    }

    @Test
    void shouldAcceptOnlyPossibleValues() {
        Param pull = Param.of("", "pull", ParamType.STRING, "missing", "")
                .withPossibleValues(List.of("always", "missing", "never"));

        assertThat(pull.problem("never")).isEmpty();
        assertThat(pull.problem("Never"))
                .hasValue("invalid value \"Never\" as \"pull\": valid values are: always, missing, never");
    }

    @Test
    void shouldPreferValuesToDefaults() {
        ParamValues values = ParamValues.of(Map.of("operator.oci.ebpf.pid", "12"));

        assertThat(values.get(PID)).isEqualTo("12");
        assertThat(ParamValues.none().get(PID)).isEqualTo("0");
        assertThat(values.find("operator.oci.ebpf.pid")).hasValue("12");
        assertThat(values.find("pid")).isEmpty();
    }

    @Test
    void shouldKeepTheRestWhenChanged() {
        Param changed = PID.withAlias("p").withDefault("1").withTitle("Process", "advanced");

        assertThat(changed.qualifiedName()).isEqualTo("operator.oci.ebpf.pid");
        assertThat(changed.alias()).isEqualTo("p");
        assertThat(changed.defaultValue()).isEqualTo("1");
        assertThat(changed.title()).isEqualTo("Process");
        assertThat(changed.tags()).containsExactly("advanced");
        assertThat(changed.type()).isEqualTo(ParamType.UINT32);
    }
}
