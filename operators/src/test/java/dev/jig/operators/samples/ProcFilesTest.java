// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProcFilesTest {
    private static final MachineFacts MACHINE = new MachineFacts(1000, 1_700_000_000, 100, 4, ZoneOffset.UTC);

    @Test
    void shouldReadTheStatusOfAProcess() {
        ProcStatus status = ProcStatus.parse("""
                Name:\ta\\nb\\\\c
                State:\tS (sleeping)
                PPid:\t7
                Uid:\t1000\t1001\t1002\t1003
                VmSize:\t    20 kB
                VmRSS:\t    10 kB
                RssAnon:\t     4 kB
                RssFile:\t     5 kB
                RssShmem:\t     1 kB
                Threads:\t3
                """);

        assertThat(status).isEqualTo(new ProcStatus("a\nb\\c", 7, "S", 3, 1000, 20 * 1024, 10 * 1024, 6 * 1024));
    }

    @Test
    void shouldReadTheStatusOfAKernelThread() {
        assertThat(ProcStatus.parse("Name:\tkthreadd\nState:\tS\n").resident()).isZero();
        assertThat(ProcStatus.parse("").name()).isEmpty();
    }

    @Test
    void shouldReadStatBehindAnyName() {
        String text = "9 (a) b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 -20 -19 1 0 777 20";

        assertThat(ProcStat.parse(text)).isEqualTo(new ProcStat(11 + 12, -20, -19, 777));
    }

    @Test
    void shouldReadStatThatIsCutOff() {
        assertThat(ProcStat.parse("9 (x) S 1")).isEqualTo(ProcStat.NONE);
    }

    @Test
    void shouldReckonShares() {
        ProcStatus status = new ProcStatus("x", 1, "R", 1, 0, 0, 250, 0);
        SeenProcess process = new SeenProcess(MACHINE, 1, status, new ProcStat(6234, 0, 0, 100), 0, 50, 2);

        assertThat(process.processorUse()).isEqualTo(25);
        assertThat(process.relativeProcessorUse()).isEqualTo(6.25);
        assertThat(process.relativeMemory()).isEqualTo(25);
        assertThat(process.processorTime()).isEqualTo("1:02.340");
        assertThat(process.startTime()).isEqualTo("2023-11-14T22:13:21Z");
    }

    @Test
    void shouldTellNoUseAtTheFirstLook() {
        ProcStatus status = new ProcStatus("x", 1, "R", 1, 0, 0, 250, 0);

        assertThat(new SeenProcess(MACHINE, 1, status, ProcStat.NONE, 0, 50, 0).processorUse())
                .isZero();
    }
}
