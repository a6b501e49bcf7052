// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final List<Daemon> daemons = new ArrayList<>();

    @AfterEach
    void end() {
        daemons.forEach(daemon -> daemon.shutDown("the test is over"));
    }

    private int listen(FakeHost host, Optional<TlsFiles> tls) {
        Daemon daemon = Daemon.start(
                new DaemonOptions(
                        List.of(
                                new ListenAddress.Unix(folder.resolve("socket" + daemons.size())),
                                new ListenAddress.Tcp("127.0.0.1", 0)),
                        Optional.empty(),
                        tls,
                        tls.isEmpty(),
                        SocketRights.USUAL,
                        folder.resolve("instances" + daemons.size()),
                        ServiceLimits.USUAL,
                        Map.of(),
                        false),
                host,
                Log.NONE);
        daemons.add(daemon);
        return daemon.port();
    }

    private static RemoteRuntime connect(int port, Optional<TlsFiles> tls, String serverName) {
        return new RemoteRuntime(
                List.of(new Target(new ListenAddress.Tcp("127.0.0.1", port), "there")),
                new ConnectionOptions(PATIENCE, tls, serverName, "test", true));
    }

    @Test
    void shouldListenOnSeveralAddresses() {
        int port = listen(new FakeHost(), Optional.empty());
        try (RemoteRuntime overPort = connect(port, Optional.empty(), "");
                RemoteRuntime overFile = Workshop.connect(
                        List.of(new Target(new ListenAddress.Unix(folder.resolve("socket0")), "local")))) {
            assertThat(overPort.serverVersion(PATIENCE)).isEqualTo("1.2.3");
            assertThat(overFile.serverVersion(PATIENCE)).isEqualTo("1.2.3");
        }
    }

    @Test
    void shouldTalkToThoseWithACertificateOnly() throws Exception {
        Certificates server = Certificates.make(folder, "server");
        Certificates client = Certificates.make(folder, "client");
        Certificates stranger = Certificates.make(folder, "stranger");
        int port = listen(new FakeHost(), Optional.of(server.trusting(client)));
        try (RemoteRuntime known = connect(port, Optional.of(client.trusting(server)), "");
                RemoteRuntime named = connect(port, Optional.of(client.trusting(server)), "localhost");
                RemoteRuntime unknown = connect(port, Optional.of(stranger.trusting(server)), "");
                RemoteRuntime wrongName = connect(port, Optional.of(client.trusting(server)), "elsewhere");
                RemoteRuntime plain = connect(port, Optional.empty(), "")) {
            assertThat(known.serverVersion(PATIENCE)).isEqualTo("1.2.3");
            assertThat(named.serverVersion(PATIENCE)).isEqualTo("1.2.3");
            assertThatThrownBy(() -> unknown.serverVersion(PATIENCE)).isInstanceOf(ServiceException.class);
            assertThatThrownBy(() -> wrongName.serverVersion(PATIENCE)).isInstanceOf(ServiceException.class);
            assertThatThrownBy(() -> plain.serverVersion(PATIENCE)).isInstanceOf(ServiceException.class);
        }
    }

    @Test
    void shouldTellWhichFilesOfTlsAreMissing() {
        assertThat(TlsFiles.of("", "", "", "tls-client-ca-file")).isEmpty();
        assertThatThrownBy(() -> TlsFiles.of("key", "certificate", "", "tls-client-ca-file"))
                .hasMessageStartingWith("missing at least one the TLS related options:\n\t* tls-key-file: \"key\"\n")
                .hasMessageContaining("\t* tls-client-ca-file: \"\"\n");
        TlsFiles nowhere = new TlsFiles(folder.resolve("a"), folder.resolve("b"), folder.resolve("c"));
        assertThatThrownBy(() -> listen(new FakeHost(), Optional.of(nowhere))).hasMessageContaining("setting up TLS");
    }

    private static List<Target> targets(int... ports) {
        List<String> addresses = new ArrayList<>();
        for (int port : ports) {
            addresses.add("tcp://127.0.0.1:" + port);
        }
        return Target.parse(String.join(",", addresses));
    }

    @Test
    void shouldMergeWhatSeveralDaemonsShow() throws Exception {
        FakeHost one = new FakeHost();
        FakeHost two = new FakeHost();
        int first = listen(one, Optional.empty());
        int second = listen(two, Optional.empty());
        try (RemoteRuntime client = Workshop.connect(targets(first, second))) {
            Workshop.Watch watch =
                    new Workshop.Watch(client, new RunRequest.Run("ticker", Map.of(), Duration.ZERO, false));
            Workshop.await("both run", () -> one.running() + two.running() == 2);
            one.emit("a");
            watch.seen.await(lines -> lines.size() == 1);
            two.emit("b");
            assertThat(watch.seen.await(lines -> lines.size() == 2))
                    .containsExactly("a 1 127.0.0.1:" + first, "b 1 127.0.0.1:" + second);
            watch.stop();
            assertThat(watch.end()).isEmpty();
        }
    }

    @Test
    void shouldMergeArraysOfSeveralDaemons() throws Exception {
        FakeHost one = new FakeHost();
        FakeHost two = new FakeHost();
        int first = listen(one, Optional.empty());
        int second = listen(two, Optional.empty());
        try (RemoteRuntime client = Workshop.connect(targets(first, second))) {
            Workshop.Watch watch =
                    new Workshop.Watch(client, new RunRequest.Run("table", Map.of(), Duration.ZERO, false));
            Workshop.await("both run", () -> one.running() + two.running() == 2);
            // A fast one must not push out a slow one, and a second packet must not block.
            one.emit("a1");
            one.emit("a2");
            two.emit("b1");
            two.emit("b2");
            assertThat(watch.seen.await(lines -> lines.size() == 4))
                    .containsExactly(
                            "a1 1 127.0.0.1:" + first,
                            "b1 1 127.0.0.1:" + second,
                            "a2 1 127.0.0.1:" + first,
                            "b2 1 127.0.0.1:" + second);
            watch.stop();
            assertThat(watch.end()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticker", "table"})
    void shouldMatchFieldsByName(String image) throws Exception {
        FakeHost one = new FakeHost();
        FakeHost two = new FakeHost();
        two.useOtherLayout();
        int first = listen(one, Optional.empty());
        int second = listen(two, Optional.empty());
        try (RemoteRuntime client = Workshop.connect(targets(first, second))) {
            Workshop.Watch watch = new Workshop.Watch(
                    client, new RunRequest.Run(image, Map.of("operator.fake.number", "77"), Duration.ZERO, false));
            Workshop.await("both run", () -> one.running() + two.running() == 2);
            one.emit("a");
            two.emit("b");
            List<String> lines = watch.seen.await(seen -> seen.size() == 2);
            // Whoever answered first decided about the order of fields, and whether there is one more.
            assertThat(words(lines, "a")).contains("77", "127.0.0.1:" + first);
            assertThat(words(lines, "b")).contains("77", "127.0.0.1:" + second);
            watch.stop();
            assertThat(watch.end()).isEmpty();
        }
    }

    private static List<String> words(List<String> lines, String word) {
        return lines.stream()
                .map(line -> List.of(line.split(" ", -1)))
                .filter(words -> words.contains(word))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldTellWhatWentWrongWhere() throws Exception {
        FakeHost host = new FakeHost();
        int port = listen(host, Optional.empty());
        int nobody = listen(new FakeHost(), Optional.empty());
        daemons.removeLast().shutDown("gone");
        try (RemoteRuntime client = Workshop.connect(targets(port, nobody))) {
            Workshop.Watch watch =
                    new Workshop.Watch(client, new RunRequest.Run("finishing", Map.of(), Duration.ZERO, false));
            assertThat(watch.end())
                    .startsWith("127.0.0.1:" + nobody + ": no daemon can be reached at tcp://127.0.0.1:" + nobody);
            assertThat(watch.seen.lines()).hasSize(2);
            RemoteInstances.Answers answers = client.instances().list();
            assertThat(answers.problems()).singleElement().asString().startsWith("127.0.0.1:" + nobody + ": ");
        }
    }

    @Test
    void shouldNameTargets() {
        assertThat(Target.parse("unix:///run/a,tcp://host:1,tcp://[::1]:2"))
                .extracting(Target::node)
                .containsExactly("local", "host", "::1");
        assertThat(Target.parse("tcp://host:1,tcp://host:2"))
                .extracting(Target::node)
                .containsExactly("host:1", "host:2");
        assertThatThrownBy(() -> Target.parse("tcp://host:1,tcp://host:1"))
                .hasMessage("duplicate address: tcp://host:1");
        assertThatThrownBy(() -> Target.parse("http://host:1"))
                .hasMessage("invalid type \"http\" for socket; please use 'unix' or 'tcp'");
        for (String malformed : List.of("", "host", "unix://", "tcp://host", "tcp://:1", "tcp://host:99999", "a b")) {
            assertThatThrownBy(() -> Target.parse(malformed)).isInstanceOf(ServiceException.class);
        }
    }
}
