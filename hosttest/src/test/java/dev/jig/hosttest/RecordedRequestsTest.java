// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.jig.testing.HostTest;
import dev.jig.wire.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gadgetctl} asks a daemon of the documented system, compared with what that system's client was recorded to ask. */
@HostTest
class RecordedRequestsTest {
    private static final String FILTER = "proc.comm==grpcdemo,fname~/etc/.*";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private static RecordedDaemon daemon() throws IOException {
        return new RecordedDaemon(Map.of(
                "GetInfo", "01-GetInfo.response",
                "GetGadgetInfo", "02-GetGadgetInfo-trace_open.response",
                "RunGadget", "04-RunGadget-trace_open.2-server-gadgetInfo",
                "CreateGadgetInstance", "05-CreateGadgetInstance.response",
                "ListGadgetInstances", "06-ListGadgetInstances.response",
                "RemoveGadgetInstance", "08-RemoveGadgetInstance.response"));
    }

    private List<String> command(RecordedDaemon daemon, String... words) {
        List<String> command = new ArrayList<>(product.client());
        command.addAll(List.of(words));
        command.addAll(List.of("--remote-address", daemon.address(), "--compat"));
        return command;
    }

    private Finished client(RecordedDaemon daemon, String... words) {
        Finished finished = product.runAll(command(daemon, words));
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        return finished;
    }

    @Test
    void shouldAskAboutAGadgetAndRunIt() throws Exception {
        try (RecordedDaemon daemon = daemon()) {
            String[] words = {"run", "trace_open:latest", "--host", "--pull", "never", "--filter", FILTER, "-o", "json"
            };
            try (Product.Running run = product.startAll(command(daemon, words))) {
                awaitRequest(daemon, run);
                run.interrupt();
            }
            assertThat(information(daemon)).isEqualTo(information("02-GetGadgetInfo-trace_open.request"));
            List<byte[]> controls = daemon.requests("RunGadget");
            assertThat(control(controls.getFirst()))
                    .isEqualTo(control(RecordedDaemon.message("04-RunGadget-trace_open.1-client-runRequest")));
            assertThat(controls.getLast())
                    .isEqualTo(RecordedDaemon.message("04-RunGadget-trace_open.8-client-stopRequest"));
        }
    }

    private static void awaitRequest(RecordedDaemon daemon, Product.Running run) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (daemon.requests("RunGadget").isEmpty()) {
            assertThat(run.process().isAlive()).isTrue();
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void shouldCreateAnInstance() throws Exception {
        try (RecordedDaemon daemon = daemon()) {
            client(
                    daemon,
                    "run",
                    "trace_open:latest",
                    "--host",
                    "--pull",
                    "never",
                    "--detach",
                    "--name",
                    "demo",
                    "--tags",
                    "a,b",
                    "--id",
                    "00112233445566778899aabbccddeeff",
                    "--filter",
                    FILTER);
            byte[] asked = daemon.requests("CreateGadgetInstance").getFirst();
            Api.GadgetInstance ours =
                    Api.CreateGadgetInstanceRequest.parseFrom(asked).getGadgetInstance();
            Api.GadgetInstance recorded = Api.CreateGadgetInstanceRequest.parseFrom(
                            RecordedDaemon.message("05-CreateGadgetInstance.request"))
                    .getGadgetInstance();
            assertThat(new TreeMap<>(ours.getGadgetConfig().getParamValuesMap()))
                    .isEqualTo(new TreeMap<>(recorded.getGadgetConfig().getParamValuesMap()));
            assertThat(ours).isEqualTo(recorded);
        }
    }

    @Test
    void shouldAttachToAnInstanceAndRemoveIt() throws Exception {
        try (RecordedDaemon daemon = daemon()) {
            try (Product.Running run = product.startAll(command(daemon, "attach", "demo"))) {
                awaitRequest(daemon, run);
                run.interrupt();
            }
            client(daemon, "delete", "demo");
            assertThat(information(daemon)).isEqualTo(information("07-GetGadgetInfo-instance.request"));
            assertThat(daemon.requests("RunGadget").getFirst())
                    .isEqualTo(RecordedDaemon.message("07-RunGadget-attach.client-attachRequest"));
            assertThat(daemon.requests("RemoveGadgetInstance").getFirst())
                    .isEqualTo(RecordedDaemon.message("08-RemoveGadgetInstance.request"));
            assertThat(daemon.requests("ListGadgetInstances").getFirst())
                    .isEqualTo(RecordedDaemon.message("06-ListGadgetInstances.request"));
        }
    }

    private static Api.GetGadgetInfoRequest information(RecordedDaemon daemon) throws InvalidProtocolBufferException {
        return Api.GetGadgetInfoRequest.parseFrom(
                daemon.requests("GetGadgetInfo").getFirst());
    }

    private static Api.GetGadgetInfoRequest information(String name) throws InvalidProtocolBufferException {
        return Api.GetGadgetInfoRequest.parseFrom(RecordedDaemon.message(name));
    }

    private static Api.GadgetControlRequest control(byte[] message) throws InvalidProtocolBufferException {
        return Api.GadgetControlRequest.parseFrom(message);
    }
}
