// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UserSymbolsTest {
    private static final Path PROC = Path.of("/proc");

    private static final int PID = Math.toIntExact(ProcessHandle.current().pid());

    private static Executable executable(int changed) throws IOException {
        Path program = Path.of("/proc/self/exe");
        Instant time = ((FileTime) Files.getAttribute(program, "lastModifiedTime")).toInstant();
        return new Executable(
                1, (Long) Files.getAttribute(program, "unix:ino") + changed, time.getEpochSecond(), time.getNano());
    }

    private static long address(String function) {
        return Linker.nativeLinker().defaultLookup().findOrThrow(function).address();
    }

    @Test
    void shouldNameFunctionsOfLibraries() throws IOException {
        try (UserSymbols symbols = new UserSymbols(PROC)) {
            UserSymbols.Task task = new UserSymbols.Task(PID, 0, 1, executable(0));

            assertThat(symbols.names(task, new long[] {address("getppid"), address("malloc") + 1, 16}))
                    .containsExactly("getppid", "malloc", "");
            assertThat(symbols.names(task, new long[] {address("free") + 1})).containsExactly("free");
        }
    }

    @Test
    void shouldNotTakeAnotherProgramForTheOne() throws IOException {
        try (UserSymbols symbols = new UserSymbols(PROC)) {
            UserSymbols.Task task = new UserSymbols.Task(PID, 0, 1, executable(1));

            assertThat(symbols.names(task, new long[] {address("getppid")})).containsExactly("");
        }
    }

    @Test
    void shouldTakeTheParentForAProcessThatIsGone() throws IOException {
        try (UserSymbols symbols = new UserSymbols(PROC)) {
            long getppid = address("getppid");
            UserSymbols.Task task = new UserSymbols.Task(Integer.MAX_VALUE, PID, 1, executable(0));
            UserSymbols.Task second = new UserSymbols.Task(Integer.MAX_VALUE, PID, 2, executable(0));

            assertThat(symbols.names(task, new long[] {getppid})).containsExactly("getppid");
            // An address that the parent does not have shows that the process had executed something.
            assertThat(symbols.names(second, new long[] {16, getppid})).containsExactly("", "");
        }
    }

    @Test
    void shouldNameFunctionsThatTheKernelLends() {
        FunctionTables tables = new FunctionTables();
        ProcessMaps.Region vdso = ProcessMaps.of(Path.of("/proc/self"))
                .flatMap(maps -> maps.named(ProcessSymbols.VDSO))
                .orElseThrow();

        assertThat(tables.vdso().orElseThrow().size()).isPositive();
        assertThat(vdso.end()).isGreaterThan(vdso.start());
    }
}
