// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.load.RunningKernelTypes;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that this kernel refuses, with what people are told about each. */
@HostTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedProgramsTest {
    private static final Path SOURCE = Machine.sourceTree().resolve("bpf/src/test/resources/refused/refused.bpf.c");
    private static final String MARK = "// refused: ";

    private Optional<ObjectFile> object = Optional.empty();

    /** A program, and parts of causes of which one is to be told: kernels have different words for the same. */
    record Bad(String program, List<String> causes) {}

    static List<Bad> programs() throws IOException {
        List<Bad> programs = new ArrayList<>();
        for (String line : Files.readAllLines(SOURCE)) {
            if (line.startsWith(MARK)) {
                List<String> parts = List.of(line.substring(MARK.length()).split(" [|] ", -1));
                programs.add(new Bad(parts.getFirst(), parts.subList(1, parts.size())));
            }
        }
        return programs;
    }

    @BeforeAll
    void compile(@TempDir Path folder) throws IOException, InterruptedException {
        Requirement.check(Machine.clang().isPresent(), "no clang of version 18 or later");
        Path file = folder.resolve("refused.bpf.o");
        Process process = new ProcessBuilder(List.of(
                        Machine.clang().orElseThrow(),
                        "-target",
                        "bpf",
                        "-g",
                        "-O2",
                        "-w",
                        "-I/usr/include/" + System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu",
                        "-c",
                        SOURCE.toString(),
                        "-o",
                        file.toString()))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        object = Optional.of(ObjectFile.parse("refused.bpf.o", Files.readAllBytes(file)));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldSayWhatIsWrong(Bad bad) {
        ObjectLoader loader = new ObjectLoader(object.orElseThrow(), new RunningKernelTypes(Optional.empty()));
        for (ProgramSpec program : object.orElseThrow().programs()) {
            if (!program.name().equals(bad.program())) {
                loader.exclude(program.name());
            }
        }

        Throwable refused = catchThrowable(() -> loader.load().close());

        assertThat(refused).as("the kernel must refuse %s", bad.program()).isNotNull();
        String message = String.valueOf(refused.getMessage());
        assertThat(message).contains(bad.program()).contains("likely cause: ").contains("hint: ");
        assertThat(bad.causes()).as(message).anyMatch(cause -> causeOf(message).contains(cause));
    }

    private static String causeOf(String message) {
        int start = message.indexOf("likely cause: ");
        return message.substring(start, message.indexOf('\n', start));
    }
}
