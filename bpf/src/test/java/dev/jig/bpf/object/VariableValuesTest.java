// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Fixtures;
import org.junit.jupiter.api.Test;

class VariableValuesTest {
    private final ObjectFile object = ObjectFile.parse("everything.o", Fixtures.everything());
    private final VariableValues values = new VariableValues(object);

    private DataSection section(String name) {
        return object.dataSections().stream()
                .filter(section -> section.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldPutValuesWhereTheVariablesAre() {
        values.setNumber("wanted_pid", 0x01020304).set("verbose", new byte[] {0});
        Variable pid = object.variable("wanted_pid").orElseThrow();
        byte[] contents = values.contents(section(".rodata"));

        assertThat(contents[pid.offset()]).isEqualTo((byte) 4);
        assertThat(contents[pid.offset() + 3]).isEqualTo((byte) 1);
        assertThat(values.get("verbose")).containsExactly(0);
        assertThat(values.get("counter")).containsExactly(3, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void shouldLeaveTheObjectAlone() {
        values.setNumber("counter", -1);

        assertThat(section(".data").contents()).startsWith(3);
        assertThat(values.contents(section(".data"))).startsWith(-1, -1, -1, -1, -1, -1, -1, -1);
        assertThat(values.contents(section(".rodata")))
                .isEqualTo(section(".rodata").contents());
    }

    @Test
    void shouldRefuseValuesThatDoNotFit() {
        assertThatThrownBy(() -> values.set("wanted_pid", new byte[8]))
                .isInstanceOf(ObjectException.class)
                .hasMessageContaining("wanted_pid has 4 bytes, not 8");
        assertThatThrownBy(() -> values.setNumber("verbose", 256)).hasMessageContaining("256 does not fit");
        assertThatThrownBy(() -> values.setNumber("last", 1)).hasMessageContaining("is no number");
        assertThatThrownBy(() -> values.setNumber("nothing", 1)).hasMessageContaining("no global variable nothing");
    }

    @Test
    void shouldTakeNumbersAsSignedOrUnsigned() {
        assertThat(values.setNumber("wanted_pid", 0xffff_ffffL).get("wanted_pid"))
                .containsOnly(-1);
        assertThat(values.setNumber("wanted_pid", -1).get("wanted_pid")).containsOnly(-1);
        assertThatThrownBy(() -> values.setNumber("wanted_pid", -0x1_0000_0000L))
                .isInstanceOf(ObjectException.class);
    }
}
