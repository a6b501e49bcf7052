// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Log;
import dev.jig.gadget.Param;
import dev.jig.wire.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {
    @TempDir
    private Path folder;

    private Workshop workshop;

    @BeforeEach
    void start() {
        workshop = new Workshop(folder);
    }

    @AfterEach
    void end() {
        workshop.close();
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(workshop.client().serverVersion(Duration.ofSeconds(5))).isEqualTo("1.2.3");
    }

    @Test
    void shouldDescribeGadgets() {
        Api.GadgetInfo info = workshop.client().information("ticker", Map.of(), true);
        assertThat(info.getImageName()).isEqualTo("ticker");
        assertThat(info.getMetadata().toStringUtf8()).isEqualTo("name: ticker");
        assertThat(info.getDataSourcesList())
                .extracting(Api.DataSource::getName)
                .containsExactly("events");
        assertThat(RemoteRuntime.params(info)).extracting(Param::qualifiedName).containsExactly("operator.fake.number");
        assertThat(info.getExtraInfo().getDataOrThrow("fake.text").getContent().toStringUtf8())
                .isEqualTo("inside of ticker");
        assertThat(workshop.host.leaked()).isZero();
    }

    @Test
    void shouldTellWhyAGadgetCannotBeDescribed() {
        assertThatThrownBy(() -> workshop.client().information("unknown", Map.of(), false))
                .hasMessage(
                        "rpc error: code = Unknown desc = getting gadget info: initializing and preparing operators:"
                                + " instantiating operator \"fake\": ensuring image: not found");
    }

    @Test
    void shouldShowEventsUntilTheClientHasEnough() throws Exception {
        Workshop.Watch watch = workshop.run("ticker", Map.of("operator.fake.number", "7"));
        Workshop.await("it runs", () -> workshop.host.running() == 1);
        for (int i = 0; i < 1000; i++) {
            workshop.host.emit("e" + i);
        }
        assertThat(watch.seen.await(lines -> lines.size() == 1000))
                .startsWith("e0 7", "e1 7")
                .endsWith("e999 7");
        watch.stop();
        assertThat(watch.end()).isEmpty();
        Workshop.await("nothing is left", () -> workshop.host.leaked() == 0);
    }

    @Test
    void shouldShowArrays() throws Exception {
        Workshop.Watch watch = workshop.run("table", Map.of());
        Workshop.await("it runs", () -> workshop.host.running() == 1);
        workshop.host.emit("row");
        assertThat(watch.seen.await(lines -> !lines.isEmpty())).containsExactly("row 1");
        watch.stop();
        assertThat(watch.end()).isEmpty();
    }

    @Test
    void shouldHandOutEverythingBeforeARunEnds() throws Exception {
        Workshop.Watch watch = workshop.run("finishing", Map.of());
        assertThat(watch.end()).isEmpty();
        assertThat(watch.seen.lines()).containsExactly("one 1", "two 1");
    }

    @Test
    void shouldEndARunWhenItsTimeIsOver() throws Exception {
        Workshop.Watch watch = workshop.watch(new RunRequest.Run("ticker", Map.of(), Duration.ofMillis(1), false));
        assertThat(watch.end()).isEmpty();
    }

    @Test
    void shouldTellWhyARunFails() throws Exception {
        assertThat(workshop.run("broken", Map.of()).end())
                .isEqualTo(
                        "rpc error: code = Unknown desc = starting operators: starting operator \"fake\": it is broken");
    }

    @Test
    void shouldCheckParams() throws Exception {
        assertThat(workshop.run("ticker", Map.of("operator.fake.number", "many"))
                        .end())
                .contains("invalid value \"many\" as \"number\"");
        Workshop.await("nothing is left", () -> workshop.host.leaked() == 0);
    }

    @Test
    void shouldNotLetClientsChangeItsPolicy() throws Exception {
        Workshop.Watch watch = workshop.run("ticker", Map.of(FakeHost.VERIFY.qualifiedName(), "nonsense"));
        Workshop.await("it runs", () -> workshop.host.running() == 1);
        watch.stop();
        assertThat(watch.end()).isEmpty();
    }

    @Test
    void shouldEndTheRunsOfClientsThatAreGone() throws Exception {
        try (RemoteRuntime client = Workshop.connect(List.of(new Target(workshop.address(), "local")))) {
            new Workshop.Watch(client, new RunRequest.Run("ticker", Map.of(), Duration.ZERO, false));
            Workshop.await("it runs", () -> workshop.host.running() == 1);
        }
        Workshop.await("nothing is left", () -> workshop.host.leaked() == 0);
    }

    @Test
    void shouldTellClientsWhyItEnds() throws Exception {
        Workshop.Watch run = workshop.run("ticker", Map.of());
        String id = workshop.create("ticker", "one");
        Workshop.await("both run", () -> workshop.host.running() == 2);
        Workshop.Watch attached = workshop.attach(id);
        workshop.host.emit("x");
        attached.seen.await(lines -> !lines.isEmpty());
        workshop.daemon().shutDown("out of order");
        assertThat(run.end()).endsWith("out of order");
        assertThat(attached.end()).endsWith("out of order");
        assertThat(folder.resolve("socket")).doesNotExist();
        assertThat(workshop.host.leaked()).isZero();
    }

    @Test
    void shouldGuardItsSocket() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("socket"))))
                .isEqualTo("rw-rw----");
        workshop.client().serverVersion(Duration.ofSeconds(5));
        Workshop.await(
                "who connected is noted",
                () -> workshop.daemonLog.stream().anyMatch(line -> line.startsWith("INFO connection of user \"")));
    }

    @Test
    void shouldNotTakeTheSocketOfALivingDaemon() {
        assertThatThrownBy(() -> Daemon.start(workshop.options(), new FakeHost(), Log.NONE))
                .hasMessage("another daemon listens on " + workshop.address());
        assertThat(workshop.client().serverVersion(Duration.ofSeconds(5))).isEqualTo("1.2.3");
    }

    @Test
    void shouldRefusePortsWithoutTls() {
        DaemonOptions options = new DaemonOptions(
                List.of(new ListenAddress.Tcp("127.0.0.1", 0)),
                Optional.empty(),
                Optional.empty(),
                false,
                SocketRights.USUAL,
                folder.resolve("other"),
                ServiceLimits.USUAL,
                Map.of(),
                false);
        assertThatThrownBy(() -> Daemon.start(options, new FakeHost(), Log.NONE))
                .hasMessageContaining("will not proceed until running with --tls-insecure");
    }

    @Test
    void shouldSayInASentenceThatNobodyIsThere() {
        Path nobody = folder.resolve("nobody");
        try (RemoteRuntime client = Workshop.connect(List.of(new Target(new ListenAddress.Unix(nobody), "local")))) {
            assertThatThrownBy(() -> client.serverVersion(Duration.ofSeconds(5)))
                    .hasMessage("no daemon can be reached at unix://" + nobody
                            + ": there is no such socket (start one with \"ig daemon\")");
        }
    }
}
