// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.gadget.Log;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritedSocketTest {
    @TempDir
    private Path folder;

    @Test
    void shouldServeASocketThatSomebodyElseOpened() throws Exception {
        Path path = folder.resolve("socket");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(path));
        Daemon daemon = Daemon.start(
                new DaemonOptions(
                        List.of(),
                        Optional.of(channel),
                        Optional.empty(),
                        false,
                        SocketRights.USUAL,
                        folder.resolve("instances"),
                        ServiceLimits.USUAL,
                        Map.of(),
                        false),
                new FakeHost(),
                Log.NONE);
        try (RemoteRuntime client = Workshop.connect(List.of(new Target(new ListenAddress.Unix(path), "local")))) {
            assertThat(client.serverVersion(Duration.ofSeconds(5))).isEqualTo("1.2.3");
        } finally {
            daemon.shutDown("the test is over");
        }
        // Whoever opened it wants to find it there when it starts the next daemon.
        assertThat(path).exists();
        assertThat(folder.resolve(".socket." + ProcessHandle.current().pid())).doesNotExist();
    }
}
