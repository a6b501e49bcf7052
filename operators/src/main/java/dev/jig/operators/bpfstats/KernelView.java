// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.inventory.MapFacts;
import dev.jig.bpf.inventory.MapInventory;
import dev.jig.bpf.inventory.ProgramFacts;
import dev.jig.bpf.inventory.ProgramInventory;
import java.util.List;
import java.util.Optional;

/** What can be asked about programs and maps. */
interface KernelView {
    /** The kernel that runs. */
    KernelView RUNNING = new KernelView() {
        @Override
        public int[] programs() {
            return ProgramInventory.ids();
        }

        @Override
        public Optional<ProgramFacts> program(int id) {
            return ProgramInventory.facts(id);
        }

        @Override
        public Optional<String> functionName(ProgramFacts program) {
            return ProgramInventory.functionName(program);
        }

        @Override
        public Optional<MapFacts> map(int id) {
            return MapInventory.facts(id);
        }

        @Override
        public List<Integer> innerMaps(MapFacts outer) {
            return MapInventory.innerMaps(outer);
        }
    };

    /** Ids, ascending. */
    int[] programs();

    Optional<ProgramFacts> program(int id);

    Optional<String> functionName(ProgramFacts program);

    Optional<MapFacts> map(int id);

    List<Integer> innerMaps(MapFacts outer);
}
