// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What configuration, manifests, completion and help do to real runs. */
@HostTest
class ConfigurationTest {
    private static final String MANIFEST =
            "apiVersion: 1\nkind: instance-spec\nimage: snapshot_process\nparamValues:\n";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void open() {
        product = Product.in(folder);
    }

    private void configure(String text) throws IOException {
        Files.createDirectories(folder.resolve(".ig"));
        Files.writeString(folder.resolve(".ig/config.yaml"), text);
    }

    @Test
    void shouldTakeParamsFromTheConfigurationUnlessFlagsSaySo() throws IOException {
        configure("operator:\n  cli:\n    output: json\n    fields: pid\n");

        assertThat(product.run("run", "snapshot_process", "--max-entries", "1").out())
                .startsWith("[{");
        assertThat(product.run("run", "snapshot_process", "--max-entries", "1", "-o", "columns")
                        .lines()
                        .getFirst()
                        .strip())
                .isEqualTo("PID");
    }

    @Test
    void shouldTellWhatIsWrongWithTheConfiguration() throws IOException {
        configure("operator:\n  cli:\n    outptu: json\n");
        assertThat(product.run("run", "snapshot_process", "-o", "none").err())
                .contains("unknown key \\\"operator.cli.outptu\\\"", "did you mean \\\"operator.cli.output\\\"?");
        assertThat(product.run("run", "snapshot_process", "-o", "none", "-q").err())
                .isEmpty();

        configure("operator: [\n");
        Finished broken = product.run("run", "snapshot_process");
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("initializing config: reading config: ", "config.yaml: line 2, column 1: ");
        assertThat(product.run("version").exitCode()).isZero();
    }

    @Test
    void shouldRunWhatAManifestDescribes() throws IOException {
        Path file = Files.writeString(
                folder.resolve("manifest"),
                MANIFEST + "  operator.cli.output: json\n  operator.limiter.max-entries: 2\n");
        Finished finished = product.run("run", "-f", file.toString());

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.out()).startsWith("[{").contains("},{");

        Files.writeString(file, MANIFEST + "  operator.limiter.max-entries: x\n");
        assertThat(product.run("run", "-f", file.toString()).exitCode()).isEqualTo(1);
    }

    @Test
    void shouldFindTheGadgetBehindAFlagOfItsOwn() {
        Finished finished = product.run("run", "--threads", "false", "snapshot_process", "-o", "none");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.err()).contains("behind --threads is ignored");
        assertThat(product.run("run", "--threads", "snapshot_process", "-o", "none")
                        .exitCode())
                .isZero();
    }

    @Test
    void shouldHelpAndCompleteForAnybody() {
        assertThat(product.runAsNobody("__complete", "run", "trace_open", "--fields", "proc.co")
                        .lines())
                .containsExactly("proc.comm\tProcess name", ":6");
        assertThat(product.runAsNobody("__complete", "run", "snapshot_p").lines())
                .containsExactly("snapshot_process", ":4");
        Finished help = product.runAsNobody("run", "trace_open", "--help");
        assertThat(help.exitCode()).as(help.err()).isZero();
        assertThat(help.out()).contains("--failed", "\"open\" (data source):", "proc.comm");
        assertThat(product.runAsNobody("config", "default").out()).contains("    oci:\n", "pull: missing\n");
    }
}
