// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How daemons are reached.
 *
 * @param timeout for a connection to come about
 * @param tls nothing for none
 * @param serverName that the daemon's certificate must have; empty for the host's
 * @param userAgent what the daemon is told about this program
 * @param batched whether events are taken in batches from daemons that can send them so
 */
public record ConnectionOptions(
        Duration timeout, Optional<TlsFiles> tls, String serverName, String userAgent, boolean batched) {
    public ConnectionOptions {
        requireNonNull(timeout, "timeout is null");
        requireNonNull(tls, "tls is null");
    }
}
