// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RequirementTest {
    private final PrintStream errors = System.err;
    private String before = "";

    @BeforeEach
    void remember() {
        before = System.getProperty(Requirement.NO_SKIP, "false");
        // What these tests make up is not to be taken for the truth by who reads the output.
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setProperty(Requirement.NO_SKIP, before);
        System.setErr(errors);
    }

    @Test
    void shouldGoOnWhereNothingIsMissing() {
        Requirement.check(true, "nothing");

        assertThat(before).isIn("true", "false");
    }

    @Test
    void shouldSkipWhereSomethingIsMissing() {
        System.setProperty(Requirement.NO_SKIP, "false");

        assertThatThrownBy(() -> Requirement.check(false, "no moon"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("NOT TESTED: no moon");
    }

    @Test
    void shouldFailWhereSomethingIsMissingAndNothingMayBeSkipped() {
        System.setProperty(Requirement.NO_SKIP, "true");

        assertThatThrownBy(() -> Requirement.check(false, "no moon"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no moon");
    }
}
