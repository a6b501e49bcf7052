// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.link.BpfLink;
import dev.jig.bpf.map.BatchReader;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.oracle.Toolchain;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import dev.jig.testing.HostTest;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Programs that fill one of two maps in turn. */
@HostTest
class AlternatingMapTest {
    private static final int CALLS = 300_000;
    private static final int THREADS = 2;

    private static ObjectLoader loader() throws IOException, InterruptedException {
        Path object = Toolchain.clangOnly().compile("alternating");
        ObjectLoader loader = new ObjectLoader(
                ObjectFile.parse("alternating", Files.readAllBytes(object)), new RunningKernelTypes(Optional.empty()));
        loader.variables().set("own", bytes((int) ProcessHandle.current().pid()));
        loader.variables().set("number", bytes(SystemCall.GETPID.number(Kernel.architecture())));
        return loader;
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }

    @Test
    void shouldLoseNoUpdateWhileKeysComeAndGo() throws Exception {
        try (LoadedObject loaded = loader().alternate("counts").load();
                BpfLink link = BpfLink.rawTracepoint(
                        loaded.program("on_enter").orElseThrow().program(), "sys_enter")) {
            assertThat(link.descriptor().isOpen()).isTrue();
            AlternatingMap counts = loaded.alternating("counts").orElseThrow();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                callers.add(Thread.ofPlatform().start(AlternatingMapTest::call));
            }
            long sum = 0;
            int readsWithCounts = 0;
            while (callers.stream().anyMatch(Thread::isAlive)) {
                long read = drain(counts);
                sum += read;
                readsWithCounts += read > 0 ? 1 : 0;
            }
            sum += drain(counts);

            assertThat(sum).isEqualTo((long) CALLS * THREADS);
            assertThat(readsWithCounts).isGreaterThan(1);
            assertThat(drain(counts)).isZero();
        }
    }

    private static void call() {
        for (int i = 0; i < CALLS; i++) {
            Kernel.call(SystemCall.GETPID, 1000 + i / 1000 + i % 3, 0, 0);
        }
    }

    private static long drain(AlternatingMap map) {
        AtomicLong sum = new AtomicLong();
        try (BatchReader reader = new BatchReader(map.exchange(), 64)) {
            reader.drain((keys, values, count) -> {
                for (int i = 0; i < count; i++) {
                    sum.addAndGet(values.getAtIndex(ValueLayout.JAVA_LONG, i));
                }
            });
        }
        return sum.get();
    }

    @Test
    void shouldKeepOneMapWhereAFunctionNamesIt() throws Exception {
        try (LoadedObject loaded =
                loader().include("on_exit").alternate("counts").load()) {
            assertThat(loaded.alternating("counts")).isEmpty();
            assertThat(loaded.map("counts")).isPresent();
            assertThat(loaded.map("counts.twin")).isEmpty();
            assertThat(loaded.program("on_exit")).isPresent();
        }
    }

    @Test
    void shouldLeaveOtherMapsAlone() throws Exception {
        try (LoadedObject loaded = loader().load()) {
            assertThat(loaded.alternating("counts")).isEmpty();
            assertThat(loaded.maps()).doesNotContainKey("counts.selector");
        }
    }
}
