// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** Shows that readers of files from strangers survive whatever is in them. */
public final class Fuzzing {
    private static final int ROUNDS = Integer.getInteger("jig.fuzz.rounds", 8000);

    private Fuzzing() {}

    /** Reads one garbled input. */
    public interface Reader {
        void read(byte[] bytes);
    }

    /** Reads the original in many damaged forms: each is understood, or refused with a reason. */
    public static void fuzz(byte[] original, int seed, Reader reader) {
        int understood = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] garbled = new Garbler(new Random(seed * 1_000_003L + round)).garble(original);
            try {
                reader.read(garbled);
                understood++;
            } catch (BpfException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            } catch (Throwable e) {
                throw new AssertionError("round " + round + " of seed " + seed, e);
            }
        }
        assertThat(understood)
                .as("some input must survive, or nothing is tested")
                .isPositive();
        assertThat(refused).isPositive();
    }
}
