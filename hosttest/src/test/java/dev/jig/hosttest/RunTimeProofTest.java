// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The precise analysis against gadgets that run: the kernel, too, has followed their programs and thrown away what is never reached, so each map and helper that is
 * left in one must be listed; and no map may change of which no change is listed.
 */
@HostTest
class RunTimeProofTest {
    /** Interactions that leave a map as it is. */
    private static final Set<String> ONLY_LOOKS = Set.of("Lookup", "LookupPercpu", "Read", "Peek", "TailCall");

    private static final int KERNEL_NAME = 15;
    private static final int SECONDS = 60;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
        Requirement.check(Files.exists(Path.of("/usr/sbin/bpftool")), "bpftool is not there");
    }

    static List<String> gadgets() throws IOException {
        return InspectionTest.gadgets().stream()
                // These end when they have looked once: nothing of them is left to be looked at.
                .filter(gadget -> !gadget.startsWith("snapshot_"))
                .filter(gadget -> Files.exists(Machine.sourceTree().resolve("gadgets/" + gadget + "/program.bpf.c")))
                .toList();
    }

    /** What is listed of a program, or of all. */
    private record Listed(Map<String, Set<String>> labels, Set<String> helpers) {
        static Listed of(Iterable<JsonNode> programs) {
            Listed listed = new Listed(new TreeMap<>(), new TreeSet<>());
            for (JsonNode program : programs) {
                program.get("helpers").forEach(helper -> listed.helpers.add(helper.asText()));
                for (JsonNode interaction : program.get("interactions")) {
                    listed.labels
                            .computeIfAbsent(interaction.get("map").asText(), none -> new TreeSet<>())
                            .add(interaction.get("does").asText());
                }
            }
            return listed;
        }

        /** Labels of what is done with a map that the kernel has under a shortened name. */
        Set<String> labels(String kernelName) {
            Set<String> found = new TreeSet<>();
            labels.forEach((map, done) -> {
                if (isSame(map, kernelName)) {
                    found.addAll(done);
                }
            });
            return found;
        }

        /** Data sections are maps that are called by the gadget and the section. */
        private static boolean isSame(String map, String kernelName) {
            int dot = kernelName.indexOf('.');
            return map.startsWith(".")
                    ? dot >= 0 && map.startsWith(kernelName.substring(dot))
                    : map.equals(kernelName) || kernelName.length() == KERNEL_NAME && map.startsWith(kernelName);
        }

        boolean hasHelper(String call) {
            return helpers.contains(call) || helpers.contains(plain(call));
        }

        /** The kernel calls the functions of a map's type directly, and others by names of their own. */
        private static String plain(String call) {
            for (String verb : new String[] {"lookup", "update", "delete"}) {
                if (call.endsWith("_map_" + verb + "_elem")) {
                    return "bpf_map_" + verb + "_elem";
                }
            }
            for (String own : new String[] {"_raw_tp", "_tp", "_pe", "_tracing"}) {
                if (call.endsWith(own)) {
                    return call.substring(0, call.length() - own.length());
                }
            }
            return call;
        }
    }

    @ParameterizedTest
    @MethodSource("gadgets")
    void shouldListWhatTheKernelRuns(String gadget) throws Exception {
        JsonNode programs =
                Events.parse(product.run("image", "inspect", gadget, "--extra-info", "precise.programs", "-o", "json")
                        .out());
        if (product.run("run", gadget, "--explain", "-o", "json").exitCode() != 0) {
            // What does not load here has nothing to prove but that this was foreseen.
            assertThat(product.run("check", gadget).exitCode()).isNotZero();
            return;
        }
        try (Product.Running running = product.start("run", gadget)) {
            LoadedPrograms loaded = new LoadedPrograms(running.process().pid());
            awaitPrograms(loaded, running);
            Map<Integer, String> maps = loaded.maps();
            Map<Integer, String> before = contents(maps.keySet());
            giveWork();
            Map<Integer, String> after = contents(maps.keySet());

            for (LoadedPrograms.Program program : loaded.programs()) {
                checkProgram(program, programs);
            }
            Listed all = Listed.of(programs);
            maps.forEach((id, map) -> {
                boolean changed = !before.getOrDefault(id, "").equals(after.getOrDefault(id, ""));
                if (changed && !isOurs(map)) {
                    Set<String> changes = new TreeSet<>(all.labels(map));
                    changes.removeAll(ONLY_LOOKS);
                    assertThat(changes)
                            .as("map %s changed; listed are %s", map, all.labels(map))
                            .isNotEmpty();
                }
            });
        }
    }

    private static void checkProgram(LoadedPrograms.Program program, JsonNode programs) {
        List<JsonNode> candidates = new ArrayList<>();
        for (JsonNode candidate : programs) {
            String name = candidate.get("name").asText();
            if (name.equals(program.name())
                    || program.name().length() == KERNEL_NAME && name.startsWith(program.name())) {
                candidates.add(candidate);
            }
        }
        assertThat(candidates).as("analysis of %s", program).isNotEmpty();
        Listed listed = Listed.of(candidates);
        for (String map : program.maps()) {
            assertThat(isOurs(map) || !listed.labels(map).isEmpty())
                    .as("map %s of %s is among %s", map, program.name(), listed.labels())
                    .isTrue();
        }
        for (String call : program.calls()) {
            assertThat(listed.hasHelper(call))
                    .as("call of %s in %s is among %s", call, program.name(), listed.helpers())
                    .isTrue();
        }
    }

    /** What the loader adds to gadgets: it tells which of two maps, which take turns, is written to. */
    private static boolean isOurs(String map) {
        return map.endsWith(".selector");
    }

    private static Map<Integer, String> contents(Set<Integer> maps) throws Exception {
        Map<Integer, String> contents = new TreeMap<>();
        for (int id : maps) {
            contents.put(id, LoadedPrograms.content(id));
        }
        return contents;
    }

    /** Waits until no more programs come. */
    private static void awaitPrograms(LoadedPrograms loaded, Product.Running running) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Set<Integer> last = Set.of(-1);
        Set<Integer> now = Set.of();
        while (now.isEmpty() || !now.equals(last)) {
            assertThat(running.process().isAlive() && System.nanoTime() < end)
                    .as("programs are loaded: %s", Files.readString(running.err()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(300);
            last = now;
            now = loaded.ids("prog_id");
        }
    }

    /** Something of most that gadgets look at: programs, files, links, signals, connections. */
    private void giveWork() throws Exception {
        product.runAllInShell("""
                for i in 1 2 3; do
                    echo text >file; cat file /etc/hostname /nonexistent; ln -sf file link; mv link other; rm other
                    (kill -USR1 $$ 2>/dev/null; :) & wait; dd if=/dev/zero of=disk bs=4096 count=4 conv=fsync
                done""");
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 3; i++) {
                try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                        Socket accepted = server.accept()) {
                    client.getOutputStream().write(1);
                    assertThat(accepted.getInputStream().read()).isEqualTo(1);
                }
            }
        }
    }
}
