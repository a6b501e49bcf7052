// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTextTest {
    @Test
    void shouldAlignDescriptions() {
        String text = HelpText.flags(List.of(
                Flag.plain("verbose", "v", ParamType.BOOL, "false", "Say more"),
                Flag.plain("timeout", "t", ParamType.INT, "0", "Seconds"),
                Flag.of(Param.of("", "pid", ParamType.UINT32, "0", "A process")),
                Flag.of(Param.of("", "pull", ParamType.STRING, "missing", "When to fetch")
                        .withPossibleValues(List.of("always", "missing"))),
                Flag.of(Param.of("", "max-entries", ParamType.INT64, "-1", "First line\nsecond line"))));

        assertThat(text.lines())
                .containsExactly(
                        "      --max-entries int   First line",
                        "                          second line (default -1)",
                        "      --pid uint32        A process (default 0)",
                        "      --pull string       When to fetch [always, missing] (default \"missing\")",
                        "  -t, --timeout int       Seconds",
                        "  -v, --verbose           Say more");
        assertThat(text).endsWith("\n");
    }

    @Test
    void shouldLeaveOutHiddenFlags() {
        Flag hidden = new Flag("secret", Param.of("", "secret", ParamType.STRING, "", ""), true, true);

        assertThat(HelpText.flags(List.of(hidden))).isEmpty();
    }
}
