// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static java.util.Objects.requireNonNull;

import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a daemon is started.
 *
 * @param addresses where it listens
 * @param inherited a socket that somebody else opened, in place of the addresses
 * @param tls for ports of the machine; sockets in the file system are guarded by their permissions
 * @param insecure whether ports may do without TLS
 * @param socket who may use sockets in the file system
 * @param instances folder of stored instances
 * @param limits for clients
 * @param settings values of global params, by fully qualified names
 * @param compat whether gadgets keep upstream's habits
 */
public record DaemonOptions(
        List<ListenAddress> addresses,
        Optional<ServerSocketChannel> inherited,
        Optional<TlsFiles> tls,
        boolean insecure,
        SocketRights socket,
        Path instances,
        ServiceLimits limits,
        Map<String, String> settings,
        boolean compat) {
    /** The usual folder of stored instances. */
    public static final Path USUAL_INSTANCES = Path.of("/var/lib/ig/gadgets");

    public DaemonOptions {
        requireNonNull(instances, "instances is null");
        addresses = List.copyOf(addresses);
        settings = Map.copyOf(settings);
    }
}
