// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake is answered by one sentence that names it, and exit code 1. */
@HostTest
class BadInputTest {
    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            run trace_open --nosuch              | unknown flag: --nosuch
            run trace_open --pidd 1              | unknown flag: --pidd (did you mean --pid?)
            run trace_open -Z                    | unknown shorthand flag: 'Z' in -Z
            run trace_open -t x                  | invalid argument "x" for "-t, --timeout" flag: strconv.ParseInt: parsing "x": invalid syntax
            run trace_open --pid x               | invalid argument "x" for "--pid" flag: invalid value "x" as "pid": expected numeric value: strconv.ParseUint: parsing "x": invalid syntax
            run trace_open --host=maybe          | invalid argument "maybe" for "--host" flag: invalid value "maybe" as "host": expected 'true' or 'false', got: "maybe"
            run trace_open --comm                | flag needs an argument: --comm
            run trace_open --comm @/nonexistent  | invalid argument "@/nonexistent" for "--comm" flag: reading file "/nonexistent" for parameter "comm": open /nonexistent: no such file or directory
            run trace_open --annotate foo        | fetching gadget information: initializing and preparing operators: instantiating operator "oci": annotation "foo" must be in subject:assignment format
            run trace_open -t 1 -o json,open:yaml | pre-starting operators: pre-starting operator "cli": parsing default output modes: mixed values with and without specifying data source
            run a:b:c                            | fetching gadget information: initializing and preparing operators: instantiating operator "oci": normalizing image: parsing normalized image "a:b:c": invalid reference format
            frob                                 | unknown command "frob" for "ig"
            fröb漢                               | unknown command "fröb漢" for "ig"
            run trace_open --fields nods:comm    | pre-starting operators: pre-starting operator "cli": fields are chosen of a data source "nods" that does not exist
            run trace_open --fields comm,nosuch  | pre-starting operators: pre-starting operator "cli": unknown field "nosuch" for data source "open"
            image tag nosuch other               | tagging image: resolving src: resolving image: not found
            image remove nosuch                  | removing gadget image: resolving image: not found
            image build /nonexistent             | changing directory: chdir /nonexistent: no such file or directory
            image list -o xx                     | invalid output mode "xx", valid values are: columns, json, jsonpretty
            """)
    void shouldNameTheMistake(String words, String message) {
        Finished finished = product.run(words.split(" ", -1));

        assertThat(errorOf(finished)).isEqualTo(message);
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out()).isEmpty();
    }

    private static String errorOf(Finished finished) {
        return finished.err()
                .lines()
                .filter(line -> line.startsWith("Error: "))
                .map(line -> line.substring("Error: ".length()))
                .findFirst()
                .orElse(finished.err());
    }

    /** The gadget cannot be loaded: who complains about the name first has not tried. */
    @ParameterizedTest
    @CsvSource({"--fields nosuch", "-o nosuch", "--nosuch=1"})
    void shouldTellOfUnknownNamesBeforeAnythingIsLoaded(String flags) throws IOException {
        TinyGadget.withValue(folder, "*(__u32 *)((long)task + 8)").buildAs(product, "tiny");
        List<String> words = new ArrayList<>(List.of("run", "tiny", "-t", "1"));
        words.addAll(List.of(flags.split(" ", -1)));

        Finished finished = product.run(words.toArray(String[]::new));

        assertThat(errorOf(finished)).contains("nosuch").doesNotContain("load");
        assertThat(finished.err().lines()).hasSize(1);
        assertThat(finished.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldTellWhichImageWasNotFound() {
        Finished finished = product.run("run", "nosuchgadget", "-t", "1");

        assertThat(errorOf(finished))
                .startsWith("fetching gadget information: initializing and preparing operators: instantiating operator"
                        + " \"oci\": ensuring image: resolving image"
                        + " \"ghcr.io/inspektor-gadget/gadget/nosuchgadget:latest\" on local registry: not found");
        assertThat(finished.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldAskForRootOnlyWhereItIsNeeded() {
        Finished run = product.runAsNobody("run", "trace_open", "-t", "1");

        assertThat(errorOf(run)).contains("must be run as root");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(product.runAsNobody("version").exitCode()).isZero();
        assertThat(product.runAsNobody("help").out()).contains("Available Commands:");
    }

    @Test
    void shouldNameTheFieldThatTheKernelLacks() throws IOException {
        TinyGadget.withValue(folder, "BPF_CORE_READ(task, no_such_field)").buildAs(product, "tiny");

        Finished finished = product.run("run", "tiny", "-t", "1");

        assertThat(finished.err())
                .contains("no_such_field")
                .contains("struct task_struct")
                .contains("program.bpf.c:");
        assertThat(finished.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldShowTheLineThatTheVerifierRefuses() throws IOException {
        TinyGadget.withValue(folder, "*(__u32 *)((long)task + 8)").buildAs(product, "tiny");

        Finished finished = product.run("run", "tiny", "-t", "1");

        assertThat(finished.err())
                .contains("invalid mem access 'scalar'")
                .contains("program.bpf.c:23: __u32 value = *(__u32 *)((long)task + 8);");
        assertThat(finished.err().lines().count()).isLessThan(30);
        assertThat(finished.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldPointIntoBrokenMetadata() throws IOException {
        TinyGadget gadget = TinyGadget.withValue(folder, "1");
        gadget.describe("name: tiny\ndatasources:\n  tiny:\n    fields: [\n");

        Finished finished = gadget.build(product, "-t", "tiny");

        assertThat(errorOf(finished)).contains("gadget.yaml").containsPattern("line 5, column 1");
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(product.run("image", "list", "--compat").lines()).hasSize(1);
    }

    @Test
    void shouldShowTheCompilersWords() throws IOException {
        TinyGadget gadget = TinyGadget.withValue(folder, "no_such_variable");

        Finished finished = gadget.build(product, "-t", "tiny");

        assertThat(finished.err()).contains("no_such_variable").contains("program.bpf.c");
        assertThat(finished.exitCode()).isEqualTo(1);
    }
}
