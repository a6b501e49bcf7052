// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.Counting;
import dev.jig.bpf.Host;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.RunStatistics;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.testing.HostTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@HostTest
class ProgramInventoryTest {
    @Test
    void shouldTellOfProgramsAndTheirMaps() {
        try (Counting counting = new Counting();
                RunStatistics statistics = RunStatistics.enable();
                BpfProgram program = BpfProgram.load(counting.counting(ProgramType.SOCKET_FILTER))) {
            int id = Host.id(program.descriptor(), false);
            assertThat(ProgramInventory.ids()).contains(id).isSorted();

            long before = ProgramInventory.facts(id).orElseThrow().runs();
            Counting.run(program, 7);
            ProgramFacts facts = ProgramInventory.facts(id).orElseThrow();

            assertThat(facts.id()).isEqualTo(id);
            assertThat(facts.type()).isEqualTo(ProgramType.SOCKET_FILTER.number());
            assertThat(facts.name()).isEqualTo("jig_count");
            assertThat(facts.runs() - before).isEqualTo(statistics.runs(program) - before);
            assertThat(facts.maps()).hasSize(1);
            MapFacts map = MapInventory.facts(facts.maps().getFirst()).orElseThrow();
            assertThat(map.id()).isEqualTo(facts.maps().getFirst());
            assertThat(map.memory()).isPositive();
            assertThat(map.holdsMaps()).isFalse();
        }
    }

    @Test
    void shouldNotFindWhatIsGone() {
        int id;
        try (Counting counting = new Counting();
                BpfProgram program = BpfProgram.load(counting.counting(ProgramType.SOCKET_FILTER))) {
            id = Host.id(program.descriptor(), false);
        }
        Host.awaitGone(BpfCommand.BPF_PROG_GET_NEXT_ID, List.of(id));
        assertThat(ProgramInventory.facts(id)).isEmpty();
    }

    @Test
    void shouldNameThoseWhoHoldPrograms() {
        try (Counting counting = new Counting();
                BpfProgram program = BpfProgram.load(counting.counting(ProgramType.SOCKET_FILTER));
                ProgramHolders holders =
                        ProgramHolders.open(KernelBtf.open(Optional.empty()).kernel())) {
            int id = Host.id(program.descriptor(), false);
            assertThat(holders.read()).anySatisfy(holder -> {
                assertThat(holder.program()).isEqualTo(id);
                assertThat(holder.comm()).isEqualTo("java");
                assertThat(holder.pid()).isEqualTo((int) ProcessHandle.current().pid());
            });
            assertThat(holders.read())
                    .filteredOn(holder -> holder.program() == id)
                    .hasSize(1);
        }
    }
}
