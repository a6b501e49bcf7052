// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import dev.jig.testing.VirtualMachine;
import dev.jig.testing.VmTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/kernels.md} claims, on the kernels of {@code -Djig.kernels}; {@code -Djig.kernels.write=true} writes down what is so. */
@VmTest
class KernelsTest {
    private static final Path TREE = Machine.sourceTree();
    private static final String[] WAYS_TO_FORESEE = {"here", "machine", "files"};
    private static final Path TABLE = TREE.resolve("docs/kernels.md");

    static List<String> kernels() {
        return List.of(
                System.getProperty("jig.kernels", VirtualMachine.USUAL_KERNEL).split(",", -1));
    }

    @BeforeEach
    void requireProgram() {
        Requirement.check(
                Files.exists(TREE.resolve(".jig/dist/launch")), "the program is not packaged (scripts/package does)");
    }

    /** The virtual machine sees the files of this one. */
    private static Path activity() throws Exception {
        Path program = TREE.resolve(".jig/vm/activity");
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-O1",
                        "-o",
                        program.toString(),
                        TREE.resolve("vmtest/activity.c").toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return program;
    }

    /** What {@code ig check --all} said on the kernel, by whom it asked. */
    private static Map<String, String> foreseen(List<String> lines) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split("\t", 3);
            if (parts.length == 3 && parts[0].equals("foreseen")) {
                answers.put(parts[1], parts[2]);
            }
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void shouldRunGadgetsAsDocumented(String kernel) throws Exception {
        String script = "ig=" + TREE.resolve("ig") + " ACTIVITY=" + activity() + " DISK=/dev/vda OPTIONS="
                + TREE.resolve(".jig/vm/" + kernel + "/config") + "\n. "
                + TREE.resolve("vmtest/gadgets.sh") + "\n";
        List<String> lines = VirtualMachine.run(script, kernel).lines().toList();
        assertThat(lines).last().isEqualTo("done");
        Map<String, String> outcomes = new LinkedHashMap<>();
        Map<String, String> foreseeable = new LinkedHashMap<>();
        for (GadgetOutcome outcome : GadgetOutcome.parse(lines)) {
            outcomes.put(outcome.gadget(), outcome.text());
            foreseeable.put(outcome.gadget(), outcome.foreseeable());
        }
        Map<String, String> foreseen = foreseen(lines);
        assertThat(foreseen).containsOnlyKeys(WAYS_TO_FORESEE);
        foreseen.forEach((way, json) -> assertThat(GadgetOutcome.foreseen(json))
                .as("%s: what ig check foresees, asking %s", kernel, way)
                .containsAllEntriesOf(foreseeable));

        KernelTable table = KernelTable.read(TABLE);
        if (Boolean.getBoolean("jig.kernels.write")) {
            table.write(kernel, lines.getFirst(), outcomes);
        } else {
            assertThat(outcomes)
                    .as("%s: docs/kernels.md is written by -Djig.kernels.write=true; this run said:\n%s", kernel, lines)
                    .containsExactlyInAnyOrderEntriesOf(table.claims(kernel));
        }
    }
}
