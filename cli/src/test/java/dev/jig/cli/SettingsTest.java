// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final FlagSet.Parsed NOTHING = new FlagSet().parse(List.of(), FlagSet.Unknown.REFUSED);
    private static final Flag PULL =
            Flag.of(Param.of("operator.oci.", "pull", ParamType.STRING, "missing", "When to fetch")
                    .withPossibleValues(List.of("always", "missing", "never")));

    @TempDir
    private Path home = Path.of("");

    @Test
    void shouldReadTheUsualFile() throws IOException {
        write("operator:\n  oci:\n    pull: never\ncompat: true\n");

        Settings settings = Settings.load(environment(Map.of()), "");

        assertThat(settings.value("operator.oci.pull")).hasValue("never");
        assertThat(settings.compat(NOTHING)).isTrue();
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
        assertThat(settings.compat(NOTHING)).isFalse();
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
        assertThat(Settings.load(environment(Map.of("IG_COMPAT", "true")), "").compat(NOTHING))
                .isTrue();
    }

    @Test
    void shouldTellWhereTheFileIsBroken() throws IOException {
        write("operator:\n  oci: [pull\n");

        assertThatThrownBy(() -> Settings.load(environment(Map.of()), ""))
                .isInstanceOf(CliException.class)
                .hasMessageStartingWith("initializing config: reading config: " + home)
                .hasMessageContaining("config.yaml: line 3, column 1: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldJoinLists() throws IOException {
        write("operator:\n  oci:\n    allowed-gadgets: [a, 'b,c', 5]\n");

        assertThat(Settings.load(environment(Map.of()), "").value("operator.oci.allowed-gadgets"))
                .hasValue("a,b\\,c,5");
    }

    @Test
    void shouldFillInWhatIsSetForParams() throws IOException {
        write("operator:\n  oci:\n    pull: never\nverbose: true\n");
        Map<String, String> values = new LinkedHashMap<>();
        Settings.load(environment(Map.of()), "").fill(List.of(PULL, GlobalFlags.VERBOSE), values);

        assertThat(values).containsExactly(Map.entry("operator.oci.pull", "never"));
    }

    @Test
    void shouldReadValuesFromFilesThatTheyName() throws IOException {
        Path file = Files.writeString(home.resolve("value"), "never");
        Settings settings = Settings.load(environment(Map.of("INSPEKTOR_GADGET_OPERATOR_OCI_PULL", "@" + file)), "");

        assertThat(settings.accepted("operator.oci.pull", PULL)).hasValue("never");
    }

    @Test
    void shouldTellWhereAWrongValueIs() throws IOException {
        write("operator:\n  oci:\n    pull: often\nverbose: maybe\n");
        Settings file = Settings.load(environment(Map.of()), "");
        Settings variable = Settings.load(environment(Map.of("INSPEKTOR_GADGET_OPERATOR_OCI_PULL", "seldom")), "");

        assertThatThrownBy(() -> file.fill(List.of(PULL), new LinkedHashMap<>()))
                .hasMessage(
                        "initializing config: setting flag pull: invalid argument \"often\" for \"--pull\" flag: invalid"
                                + " value \"often\" as \"pull\": valid values are: always, missing, never"
                                + " (\"operator.oci.pull\" in " + home + "/.ig/config.yaml)");
        assertThatThrownBy(() -> variable.fill(List.of(PULL), new LinkedHashMap<>()))
                .hasMessageStartingWith("initializing config: setting flag pull: ")
                .hasMessageEndingWith(" (INSPEKTOR_GADGET_OPERATOR_OCI_PULL)");
        assertThatThrownBy(() -> file.isTrue(GlobalFlags.VERBOSE, NOTHING))
                .hasMessageStartingWith("initializing config: setting flag verbose: ");
    }

    @Test
    void shouldPreferFlags() throws IOException {
        write("verbose: true\ncompat: true\n");
        Settings settings = Settings.load(environment(Map.of("IG_COMPAT", "true")), "");
        FlagSet.Parsed given = new FlagSet()
                .addAll(GlobalFlags.all())
                .parse(List.of("--verbose=false", "--compat=false"), FlagSet.Unknown.REFUSED);

        assertThat(settings.isTrue(GlobalFlags.VERBOSE, NOTHING)).isTrue();
        assertThat(settings.isTrue(GlobalFlags.VERBOSE, given)).isFalse();
        assertThat(settings.compat(given)).isFalse();
    }

    @Test
    void shouldSuggestWhatUnknownKeysMayHaveMeant() throws IOException {
        write("""
                verbos: true
                operator:
                  oci:
                    pul: never
                    verify-image: false
                    ebpf:
                      comm: cat
                  sort:
                    sort: pid
                  otel-logs:
                    exporters:
                      mine:
                        endpoint: x
                runtime:
                  tcp-port: 1
                something: 1
                """);
        Settings settings = Settings.load(environment(Map.of()), "");
        Flag verify = Flag.of(Param.of("operator.oci.", "verify-image", ParamType.BOOL, "true", ""));

        String file = " in " + home + "/.ig/config.yaml";
        assertThat(new KnownKeys(List.of(PULL, verify), true).unknown(settings))
                .containsExactly(
                        "unknown key \"verbos\"" + file + " (did you mean \"verbose\"?)",
                        "unknown key \"operator.oci.pul\"" + file + " (did you mean \"operator.oci.pull\"?)",
                        "unknown key \"something\"" + file);
        assertThat(new KnownKeys(List.of(), false).unknown(settings)).hasSize(2);
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
