// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.inventory.ProgramHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcHoldersTest {
    @TempDir
    private Path proc = Path.of("");

    private void descriptor(String process, String number, String information) throws IOException {
        Files.createDirectories(proc.resolve(process).resolve("fdinfo"));
        Files.writeString(proc.resolve(process).resolve("fdinfo").resolve(number), information);
        Files.writeString(proc.resolve(process).resolve("comm"), "name\n");
    }

    @Test
    void shouldFindProgramsAndLinks() throws IOException {
        descriptor("12", "3", "pos:\t0\nflags:\t02000002\nprog_type:\t5\nprog_id:\t77\n");
        descriptor("12", "4", "pos:\t0\nlink_type:\tperf\nlink_id:\t9\nprog_tag:\tx\nprog_id:\t78\n");
        descriptor("12", "5", "pos:\t0\nmap_id:\t1\n");
        descriptor("13", "3", "owner_prog_id:\t79\n");
        descriptor("13", "4", "prog_id:\tnothing\n");
        descriptor("self", "3", "prog_id:\t80\n");

        try (ProcHolders holders = new ProcHolders(proc)) {
            assertThat(holders.get())
                    .containsExactlyInAnyOrder(new ProgramHolder(77, 12, "name"), new ProgramHolder(78, 12, "name"));
        }
    }

    @Test
    void shouldFindNothingWhereThereIsNothing() {
        try (ProcHolders holders = new ProcHolders(proc.resolve("none"))) {
            assertThat(holders.get()).isEmpty();
        }
    }
}
