// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.GadgetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobReaderTest {
    private static final String FUNCTIONS = """
            SEC("kprobe/vfs_read") int regular(void *ctx) { return 0; }
            int first(void *ctx) { return 0; }
            int second(void *ctx) { return 0; }
            """;

    @TempDir
    private Path folder = Path.of("");

    private List<Job> read(String... markers) throws Exception {
        StringBuilder source = new StringBuilder(FUNCTIONS);
        for (String marker : markers) {
            source.append("const void *").append(marker).append(" __attribute__((unused));\n");
        }
        return JobReader.read(CompiledSource.compile(folder, source.toString()));
    }

    @Test
    void shouldCollectVariantsByRank() throws Exception {
        List<Job> jobs = read(
                "gadget_job___reads___regular",
                "gadget_alternative___reads___60___tracepoint___syscalls___sys_exit_read___first",
                "gadget_alternative___reads___10___fentry___vfs_read___second",
                "gadget_variantname___reads___60___calls",
                "gadget_joboptional___reads");

        assertThat(jobs)
                .containsExactly(new Job(
                        "reads",
                        true,
                        List.of(
                                new Job.Variant(
                                        10, Optional.empty(), List.of(new Job.Part("fentry", "vfs_read", "second"))),
                                new Job.Variant(
                                        50, Optional.empty(), List.of(new Job.Part("kprobe", "vfs_read", "regular"))),
                                new Job.Variant(
                                        60,
                                        Optional.of("calls"),
                                        List.of(new Job.Part("tracepoint", "syscalls/sys_exit_read", "first"))))));
    }

    @Test
    void shouldMakeOneVariantOfEqualRanks() throws Exception {
        List<Job> jobs = read(
                "gadget_alternative___reads___10___fentry___vfs_read___first",
                "gadget_alternative___reads___10___sockops___none___second");

        assertThat(jobs).singleElement().satisfies(job -> {
            assertThat(job.optional()).isFalse();
            assertThat(job.variants())
                    .containsExactly(new Job.Variant(
                            10,
                            Optional.empty(),
                            List.of(
                                    new Job.Part("fentry", "vfs_read", "first"),
                                    new Job.Part("sockops", "", "second"))));
        });
    }

    @Test
    void shouldFindNoJobsWithoutMarkers() throws Exception {
        assertThat(read()).isEmpty();
    }

    @Test
    void shouldRefuseMarkersThatNameNothing() {
        assertThatThrownBy(() -> read("gadget_job___reads___missing"))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("program \"missing\" of job \"reads\" not found");
        assertThatThrownBy(() -> read("gadget_alternative___reads___10___fentry___vfs_read___regular"))
                .hasMessageContaining("no global function \"regular\" without section");
    }

    @Test
    void shouldRefuseRanksThatAreNone() {
        assertThatThrownBy(() -> read("gadget_alternative___reads___50___fentry___vfs_read___first"))
                .hasMessageContaining("a rank from 0 to 99 other than 50");
        assertThatThrownBy(() -> read("gadget_alternative___reads___ten___fentry___vfs_read___first"))
                .hasMessageContaining("rank \"ten\" is not a number");
        assertThatThrownBy(() -> read("gadget_alternative___reads___10___first"))
                .hasMessageContaining("invalid marker, expected gadget_alternative___<job>");
    }
}
