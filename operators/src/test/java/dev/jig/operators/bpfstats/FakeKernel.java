// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.inventory.MapFacts;
import dev.jig.bpf.inventory.ProgramFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Programs and maps as a test wants them. */
final class FakeKernel implements KernelView {
    final Map<Integer, ProgramFacts> programs = new TreeMap<>();
    final Map<Integer, MapFacts> maps = new HashMap<>();
    final Map<Integer, List<Integer>> inner = new HashMap<>();
    int mapQuestions;

    @Override
    public int[] programs() {
        return programs.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public Optional<ProgramFacts> program(int id) {
        return Optional.ofNullable(programs.get(id));
    }

    @Override
    public Optional<String> functionName(ProgramFacts program) {
        return Optional.of(program.name() + "_and_the_rest");
    }

    @Override
    public Optional<MapFacts> map(int id) {
        mapQuestions++;
        return Optional.ofNullable(maps.get(id));
    }

    @Override
    public List<Integer> innerMaps(MapFacts outer) {
        return inner.getOrDefault(outer.id(), List.of());
    }
}
