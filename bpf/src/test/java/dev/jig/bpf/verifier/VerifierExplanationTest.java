// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Logs as other kernels than this one write them. */
class VerifierExplanationTest {
    private static final String OLD_LOG = """
            0: (bf) r6 = r1
            1: (85) call bpf_get_current_task#35
            2: (bf) r7 = r0
            3: (07) r7 += 16
            4: (79) r1 = *(u64 *)(r7 +0)
            R7 invalid mem access 'inv'
            processed 5 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            """;

    @Test
    void shouldTellHowARegisterCameToItsValue() {
        VerifierExplanation explanation = VerifierExplanation.of(OLD_LOG);

        assertThat(explanation.message()).isEqualTo("R7 invalid mem access 'inv'");
        assertThat(explanation.story())
                .containsExactly(
                        "r7 was changed by r7 += 16 at instruction 3",
                        "r7 was copied from r0 at instruction 2",
                        "r0 was returned by bpf_get_current_task at instruction 1");
        assertThat(explanation.refusal().orElseThrow().cause()).startsWith("a number is used as a pointer");
        assertThat(explanation.lines()).hasSize(3);
    }

    @Test
    void shouldKnowWhatOldKernelsSay() {
        assertThat(causeOf("back-edge from insn 7 to 3")).contains("this kernel takes none");
        assertThat(causeOf("invalid indirect read from stack off -16+0 size 16"))
                .contains("never written");
        assertThat(causeOf("unknown func bpf_loop#181")).contains("no such helper");
        assertThat(causeOf("combined stack size of 2 calls is 544. Too large")).contains("512 bytes");
    }

    private static String causeOf(String message) {
        return VerifierExplanation.of("1: (95) exit2\n" + message + "\n")
                .refusal()
                .orElseThrow()
                .cause();
    }

    @Test
    void shouldSayNothingOfWhatItDoesNotKnow() {
        assertThat(VerifierExplanation.of("").lines()).isEmpty();
        assertThat(VerifierExplanation.of("something entirely new\n").lines()).isEmpty();
    }
}
