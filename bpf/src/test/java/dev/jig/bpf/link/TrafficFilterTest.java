// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.Counting;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.testing.HostTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Filters at the loopback interface: the old way, which the kernel keeps, and whatever this kernel has. */
@HostTest
@Timeout(60)
class TrafficFilterTest {
    private static final int GET_FILTER = 46;
    private static final int REQUEST_LIST = 1 | 0x300;
    private static final int INGRESS_PARENT = 0xffff_fff2;

    private final Counting counting = new Counting();

    @AfterEach
    void close() {
        counting.close();
    }

    private static int loopback() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                .getIndex();
    }

    private static void send() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), 9));
        }
    }

    private static boolean hasFilters() throws IOException {
        try (RouteSocket socket = new RouteSocket();
                Arena arena = Arena.ofConfined()) {
            return socket.listsAny(
                    new RouteMessage(arena, GET_FILTER, REQUEST_LIST).about(loopback(), 0, INGRESS_PARENT, 0));
        }
    }

    @Test
    void shouldSeePackets() throws IOException {
        try (BpfProgram program = BpfProgram.load(counting.counting(ProgramType.SCHED_CLS));
                Link link = TrafficFilter.attach(program, loopback(), TrafficFilter.Direction.EGRESS)) {
            assertThat(link).isNotNull();
            send();
            assertThat(counting.count()).isPositive();
        }
    }

    @Test
    void shouldAddAndRemoveClassicFilters() throws IOException {
        try (BpfProgram program = BpfProgram.load(counting.counting(ProgramType.SCHED_CLS))) {
            try (Link first = ClassicTrafficFilter.attach(program, loopback(), TrafficFilter.Direction.INGRESS);
                    Link second = ClassicTrafficFilter.attach(program, loopback(), TrafficFilter.Direction.INGRESS)) {
                assertThat(List.of(first, second)).doesNotContainNull();
                assertThat(hasFilters()).isTrue();
                send();
                assertThat(counting.count()).isPositive();
            }
            assertThat(hasFilters()).isFalse();
            long count = counting.count();
            send();
            assertThat(counting.count()).isEqualTo(count);
        }
    }

    @Test
    void shouldRemoveTheFiltersOfKilledProcesses() throws IOException {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        Holder.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("attached");
        assertThat(hasFilters()).isTrue();

        holder.destroyForcibly();

        while (hasFilters()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A process that attaches and waits. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            Counting counting = new Counting();
            BpfProgram program = BpfProgram.load(counting.counting(ProgramType.SCHED_CLS));
            ClassicTrafficFilter.attach(program, loopback(), TrafficFilter.Direction.INGRESS);
            System.out.println("attached");
            while (System.in.read() >= 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
