// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.inventory.MapFacts;
import dev.jig.bpf.inventory.ProgramFacts;
import dev.jig.bpf.inventory.ProgramHolder;
import dev.jig.bpf.map.MapType;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.RunOptions;
import dev.jig.operators.RecordFields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BpfStatsSamplerTest {
    private static final int TRACEPOINT = 5;

    private final FakeKernel kernel = new FakeKernel();
    private final List<ProgramHolder> holders = new ArrayList<>();
    private DataSource source =
            new GadgetContext("bpfstats", RunOptions.DEFAULT).register("bpfstats", DataSourceType.ARRAY);
    private RecordFields<Row> fields = BpfStatsFields.add(source, false, "");
    private RecordArray array;

    BpfStatsSamplerTest() {
        source.start();
        array = source.newArray();
    }

    @BeforeEach
    void makePrograms() {
        kernel.maps.put(1, new MapFacts(1, MapType.HASH, 4, 0, 1000));
        program(7, 70, "short", 500, 5);
    }

    @AfterEach
    void free() {
        array.close();
    }

    private void program(int id, long loadTime, String name, long time, long runs) {
        kernel.programs.put(id, new ProgramFacts(id, TRACEPOINT, name, loadTime, time, runs, List.of(1), 0));
    }

    private BpfStatsSampler sampler(boolean gadgetsOnly, boolean fromZero) {
        Holders.Source source = new Holders.Source() {
            @Override
            public List<ProgramHolder> get() {
                return holders;
            }

            @Override
            public void close() {}
        };
        return new BpfStatsSampler(
                kernel, new GadgetRegistry(), source, new MapMemory(kernel, true), fields, gadgetsOnly, fromZero);
    }

    private List<String> look(BpfStatsSampler sampler, double seconds, String... names) {
        array.begin();
        sampler.sample(array, seconds);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Record record = array.get(i);
            List<String> values = new ArrayList<>();
            for (String name : names) {
                values.add(record.text(source.field(name).orElseThrow()));
            }
            rows.add(String.join(" ", values));
        }
        return rows;
    }

    @Test
    void shouldTellWhatIsNewSinceTheLastLook() {
        BpfStatsSampler sampler = sampler(false, false);
        assertThat(look(sampler, 0, "progID")).isEmpty();
        program(7, 70, "short", 500 + 20_000_000, 9);
        program(8, 80, "another", 100, 1);

        assertThat(look(sampler, 2, "progID", "progName", "progType", "runtime", "runcount", "mapMemory", "mapCount"))
                .containsExactly("7 short TracePoint 20000000 4 500 1", "8 another TracePoint 100 1 500 1");
        assertThat(look(sampler, 2, "progID", "runtime", "cpuTimeStr", "cpuUsage"))
                .containsExactly("7 0 20.0005ms 0.0", "8 0 100ns 0.0");
    }

    @Test
    void shouldTellUseInPercent() {
        BpfStatsSampler sampler = sampler(false, false);
        look(sampler, 0);
        program(7, 70, "short", 500 + 20_000_000, 9);
        assertThat(look(sampler, 2, "cpuUsage")).containsExactly("1.0");
    }

    @Test
    void shouldTellEverythingFirstIfAskedTo() {
        BpfStatsSampler sampler = sampler(false, true);
        look(sampler, 0);
        assertThat(look(sampler, 1, "runtime", "runcount")).containsExactly("500 5");
    }

    @Test
    void shouldTellProgramsWithTheSameIdApart() {
        BpfStatsSampler sampler = sampler(false, false);
        look(sampler, 0);
        program(7, 71, "short", 30, 3);
        assertThat(look(sampler, 1, "runtime", "runcount")).containsExactly("30 3");
    }

    @Test
    void shouldCompleteNamesThatAreCut() {
        program(7, 70, "exactly_fifteen", 0, 0);
        assertThat(look(sampler(false, false), 1, "progName")).containsExactly("exactly_fifteen_and_the_rest");
    }

    @Test
    void shouldNameHoldersOnce() {
        holders.add(new ProgramHolder(7, 12, "java"));
        holders.add(new ProgramHolder(7, 12, "java"));
        holders.add(new ProgramHolder(7, 15, "bpftool"));
        assertThat(look(sampler(false, false), 1, "comms", "pids")).containsExactly("java,bpftool 12,15");
    }

    @Test
    void shouldShowNothingWithoutGadgets() {
        assertThat(look(sampler(true, false), 1, "progID")).isEmpty();
    }
}
