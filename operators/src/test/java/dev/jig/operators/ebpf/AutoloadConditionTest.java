// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.VariableValues;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoloadConditionTest {
    private static final String SOURCE = """
            const volatile _Bool on = 1;
            const volatile _Bool off = 0;
            const volatile int number = 1;
            SEC("kprobe/a") int one(void *ctx) { return on + off + number; }
            SEC("kprobe/b") int two(void *ctx) { return 0; }
            """;

    @TempDir
    private Path folder = Path.of("");

    private Set<String> unwanted(String condition) throws Exception {
        ObjectFile object = CompiledSource.compile(folder, SOURCE);
        Configuration metadata = Configuration.parse("programs: {one: {autoload: '" + condition + "'}}", "test");
        return AutoloadCondition.unwanted(object, new VariableValues(object), metadata);
    }

    @Test
    void shouldLoadWhatHolds() throws Exception {
        assertThat(unwanted("on")).isEmpty();
        assertThat(unwanted("!off")).isEmpty();
        assertThat(unwanted("off|on")).isEmpty();
    }

    @Test
    void shouldNotLoadWhatDoesNotHold() throws Exception {
        assertThat(unwanted("off")).containsExactly("one");
        assertThat(unwanted("!on | off")).containsExactly("one");
    }

    @Test
    void shouldRefuseWhatIsNoTruthVariable() {
        for (String wrong : new String[] {"number", "missing", "!"}) {
            assertThatThrownBy(() -> unwanted(wrong))
                    .as(wrong)
                    .isInstanceOf(GadgetException.class)
                    .hasMessageEndingWith("is not a truth variable of the object");
        }
    }
}
