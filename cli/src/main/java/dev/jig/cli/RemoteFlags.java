// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.ParamType;
import dev.jig.service.ConnectionOptions;
import dev.jig.service.ListenAddress;
import dev.jig.service.RemoteRuntime;
import dev.jig.service.Target;
import dev.jig.service.TlsFiles;
import java.time.Duration;
import java.util.List;

/** Flags that say which daemons to talk to, and how. Each may also be set under {@code runtime.} in the configuration. */
final class RemoteFlags {
    /** What their names in the configuration begin with. */
    static final String PREFIX = "runtime.";

    private static final Flag ADDRESS = Flag.plain(
            "remote-address",
            ParamType.STRING,
            ListenAddress.USUAL,
            "Addresses of daemons, separated by commas: unix:///path or tcp://host:port");
    private static final Flag TIMEOUT = Flag.plain(
            "connection-timeout", ParamType.UINT16, "5", "Number of seconds in which a connection must come about");
    private static final Flag KEY =
            Flag.plain("tls-key-file", ParamType.STRING, "", "Private key of this client, in PEM form");
    private static final Flag CERTIFICATE =
            Flag.plain("tls-cert-file", ParamType.STRING, "", "Certificate of this client, in PEM form");
    private static final Flag AUTHORITY =
            Flag.plain("tls-server-ca-file", ParamType.STRING, "", "Certificate that vouches for daemons, in PEM form");
    private static final Flag SERVER_NAME = Flag.plain(
            "tls-server-name", ParamType.STRING, "", "Name that a daemon's certificate must have (default its host)");

    private static final Flag BATCH =
            Flag.plain("batch", ParamType.BOOL, "true", "Take events in batches from daemons that can send them");

    /** All of them. */
    static final List<Flag> ALL = List.of(ADDRESS, TIMEOUT, KEY, CERTIFICATE, AUTHORITY, SERVER_NAME, BATCH);

    private RemoteFlags() {}

    /** Gets ready to talk to the daemons that flags and configuration name; the caller closes what it gets. */
    static RemoteRuntime connect(FlagSet.Parsed parsed, Settings settings) {
        ConnectionOptions options = new ConnectionOptions(
                timeout(parsed, settings),
                TlsFiles.of(
                        value(KEY, parsed, settings),
                        value(CERTIFICATE, parsed, settings),
                        value(AUTHORITY, parsed, settings),
                        AUTHORITY.name()),
                value(SERVER_NAME, parsed, settings),
                "gadgetctl/" + VersionCommand.VERSION,
                value(BATCH, parsed, settings).equals("true"));
        return new RemoteRuntime(Target.parse(value(ADDRESS, parsed, settings)), options);
    }

    /** How long a connection may take. */
    static Duration timeout(FlagSet.Parsed parsed, Settings settings) {
        return Duration.ofSeconds(Long.parseLong(value(TIMEOUT, parsed, settings)));
    }

    private static String value(Flag flag, FlagSet.Parsed parsed, Settings settings) {
        String given = parsed.given().get(flag);
        return given != null
                ? given
                : settings.accepted(PREFIX + flag.name(), flag)
                        .orElse(flag.param().defaultValue());
    }
}
