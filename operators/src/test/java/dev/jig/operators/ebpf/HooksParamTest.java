// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.GadgetException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HooksParamTest {
    private static final Job.Variant ON_REQUEST = variant(0, "emulate", "tracepoint");
    private static final Job.Variant FIRST = variant(10, "", "fentry");
    private static final Job.Variant REGULAR = variant(50, "", "kprobe");
    private static final Job JOB = new Job("lsm_open", false, List.of(ON_REQUEST, FIRST, REGULAR));

    private static Job.Variant variant(int rank, String name, String kind) {
        return new Job.Variant(
                rank, Optional.of(name).filter(text -> !text.isEmpty()), List.of(new Job.Part(kind, "target", "f")));
    }

    private static List<Job.Variant> candidates(String text) {
        return HooksParam.parse(text, List.of(JOB)).candidates(JOB);
    }

    @Test
    void shouldTryAllButThoseOnRequest() {
        assertThat(candidates("")).containsExactly(FIRST, REGULAR);
    }

    @Test
    void shouldFindVariantsByRankKindAndName() {
        assertThat(candidates("lsm_open=50")).containsExactly(REGULAR);
        assertThat(candidates("lsm_open=fentry")).containsExactly(FIRST);
        assertThat(candidates("lsm_open=emulate")).containsExactly(ON_REQUEST);
    }

    @Test
    void shouldAddressJobsByTheBeginningOfTheirNames() {
        assertThat(candidates("lsm=emulate")).containsExactly(ON_REQUEST);
        assertThat(candidates("lsm=emulate,lsm_open=50")).containsExactly(REGULAR);
    }

    @Test
    void shouldRefuseWhatThereIsNot() {
        assertThatThrownBy(() -> candidates("lsm_open=xdp"))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("has no such variant, only 0 tracepoint target; 10 fentry target");
        assertThatThrownBy(() -> candidates("ls=10"))
                .hasMessageContaining("no job is called \"ls\", there is lsm_open");
        assertThatThrownBy(() -> candidates("lsm_open")).hasMessageContaining("is not job=rank");
        assertThatThrownBy(() -> HooksParam.parse("a=1", List.of()))
                .hasMessageContaining("this gadget has no alternatives");
    }
}
