// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.image.GadgetImage;
import dev.jig.image.ImageFile;
import dev.jig.inspect.Corner;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @TempDir
    private Path folder = Path.of("");

    private Report check(String version) {
        GadgetImage image =
                ImageFile.open(Corner.copy("inspect_corner.tar", folder).toString(), "amd64");
        Target target = MachineFile.of(Optional.empty(), Optional.of(version), Optional.empty());
        return new Preflight(target).check("inspect_corner", image);
    }

    private static Report.Program program(Report report, String name) {
        return report.programs().stream()
                .filter(program -> program.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldNameWhatOldKernelsLack() {
        Report report = check("4.9");

        assertThat(report.verdict()).isEqualTo(Answer.Certainty.NO);
        assertThat(program(report, "nothing").problems().toString()).contains("use Linux 5.5 or later");
        assertThat(program(report, "callbacks").problems().toString()).contains("use Linux 4.17 or later");
    }

    @Test
    void shouldNameHelpersThatCame() {
        Report report = check("5.10");

        assertThat(program(report, "callbacks").problems().toString())
                .contains("this kernel has no bpf_loop: use Linux 5.17 or later");
    }

    @Test
    void shouldNotKnowWhatDependsOnTypes() {
        Report report = check("6.18");

        assertThat(program(report, "aa_second").verdict()).isEqualTo(Answer.Certainty.YES);
        assertThat(program(report, "nothing").verdict()).isEqualTo(Answer.Certainty.UNKNOWN);
        assertThat(program(report, "nothing").problems().toString()).contains("--btf");
    }
}
