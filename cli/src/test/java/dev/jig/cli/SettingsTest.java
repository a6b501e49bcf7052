// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path home = Path.of("");

    @Test
    void shouldReadTheUsualFile() throws IOException {
        write("operator:\n  oci:\n    pull: never\ncompat: true\n");

        Settings settings = Settings.load(environment(Map.of()), "");

        assertThat(settings.value("operator.oci.pull")).hasValue("never");
        assertThat(settings.compat()).isTrue();
    }

    @Test
    void shouldPreferTheEnvironment() throws IOException {
        write("operator:\n  oci:\n    verify-image: true\n");
        Environment environment = environment(Map.of("INSPEKTOR_GADGET_OPERATOR_OCI_VERIFY_IMAGE", "false"));

        assertThat(Settings.load(environment, "").value("operator.oci.verify-image"))
                .hasValue("false");
    }

    @Test
    void shouldDoWithoutTheUsualFile() {
        Settings settings = Settings.load(environment(Map.of()), "");

        assertThat(settings.value("operator.oci.pull")).isEmpty();
        assertThat(settings.compat()).isFalse();
    }

    @Test
    void shouldDoWithoutAUsualFileThatCannotBeRead() throws IOException {
        Files.createDirectories(home.resolve(".ig").resolve("config.yaml"));

        assertThat(Settings.load(environment(Map.of()), "").value("compat")).isEmpty();
    }

    @Test
    void shouldInsistOnAFileThatWasNamed() {
        assertThatThrownBy(() -> Settings.load(environment(Map.of()), "/nonexistent/config.yaml"))
                .hasMessage("initializing config: reading config: open /nonexistent/config.yaml: no such file or"
                        + " directory");
    }

    @Test
    void shouldTakeCompatFromItsOwnVariable() {
        assertThat(Settings.load(environment(Map.of("IG_COMPAT", "true")), "").compat())
                .isTrue();
    }

    private Environment environment(Map<String, String> variables) {
        Map<String, String> all = new java.util.HashMap<>(variables);
        all.put("HOME", home.toString());
        return new Environment(all);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(home.resolve(".ig"));
        Files.writeString(home.resolve(".ig").resolve("config.yaml"), text);
    }
}
