// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RequirementTest {
    private String before = "";

    @BeforeEach
    void remember() {
        before = System.getProperty(Requirement.NO_SKIP, "false");
    }

    @AfterEach
    void restore() {
        System.setProperty(Requirement.NO_SKIP, before);
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
