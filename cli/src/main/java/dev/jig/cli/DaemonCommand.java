// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Log;
import dev.jig.gadget.ParamType;
import dev.jig.service.Daemon;
import dev.jig.service.DaemonOptions;
import dev.jig.service.ListenAddress;
import dev.jig.service.ServiceLimits;
import dev.jig.service.SocketRights;
import dev.jig.service.TlsFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ig daemon}: runs gadgets for clients, and without them. */
final class DaemonCommand implements Command {
    private static final Flag HOST = Flag.plain(
            "host",
            "H",
            ParamType.STRING,
            ListenAddress.USUAL,
            "Addresses to listen on, separated by commas: unix:///path or tcp://host:port");
    private static final Flag GROUP =
            Flag.plain("group", "G", ParamType.STRING, "0", "Group, by name or number, that may use the unix socket");
    private static final Flag MODE =
            Flag.plain("socket-mode", ParamType.STRING, "660", "Permission bits of the unix socket, in octal");
    private static final Flag EVENTS = Flag.plain(
            "events-buffer-length", ParamType.UINT64, "65536", "Number of events that may wait for one client");
    private static final Flag KEY =
            Flag.plain("tls-key-file", ParamType.STRING, "", "Private key of this daemon, in PEM form");
    private static final Flag CERTIFICATE =
            Flag.plain("tls-cert-file", ParamType.STRING, "", "Certificate of this daemon, in PEM form");
    private static final Flag AUTHORITY =
            Flag.plain("tls-client-ca-file", ParamType.STRING, "", "Certificate that vouches for clients, in PEM form");
    private static final Flag INSECURE = Flag.plain(
            "tls-insecure", ParamType.BOOL, "false", "Listen on ports without TLS (sockets in files need none)");
    private static final Flag INSTANCES = Flag.plain(
            "instances",
            ParamType.STRING,
            DaemonOptions.USUAL_INSTANCES.toString(),
            "Folder of the gadgets that run without a client");
    private static final List<Flag> OWN =
            List.of(HOST, GROUP, MODE, EVENTS, KEY, CERTIFICATE, AUTHORITY, INSECURE, INSTANCES);
    private static final int MOST_EVENTS = 1 << 24;

    private final Console console;
    private final Environment environment;

    DaemonCommand(Console console, Environment environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "daemon";
    }

    @Override
    public String summary() {
        return "Run gadgets for clients (gadgetctl), and without them";
    }

    @Override
    public String usage() {
        return "ig daemon";
    }

    @Override
    public Collection<Flag> flags() {
        return flags(new LocalGadgetHost(environment.locations()));
    }

    @Override
    public int run(List<String> words) {
        LocalGadgetHost host = new LocalGadgetHost(environment.locations());
        FlagSet.Parsed parsed = new FlagSet()
                .addAll(flags(host))
                .add(GlobalFlags.HELP)
                .addAll(GlobalFlags.all())
                .parse(words, FlagSet.Unknown.REFUSED);
        if (parsed.isTrue(GlobalFlags.HELP)) {
            console.print(HelpText.command(this, flags(host)));
            return ExitCode.SUCCESS;
        }
        SimpleCommand.none(usage(), parsed);
        if (!environment.isRoot()) {
            throw new CliException("ig must be run as root to be able to run eBPF programs");
        }
        return serve(parsed, host);
    }

    private int serve(FlagSet.Parsed parsed, LocalGadgetHost host) {
        Surroundings surroundings = Surroundings.of(console, environment, parsed);
        Log log = surroundings.log();
        surroundings.checkKeys(flags(host), false);
        Supervisor supervisor = new Supervisor(environment);
        DaemonOptions options = options(parsed, surroundings, host, supervisor);
        if (options.inherited().isPresent()) {
            log.info("starting Jig daemon at the socket that was handed over");
        } else {
            options.addresses().forEach(address -> log.info("starting Jig daemon at \"" + address + "\""));
        }
        Daemon daemon = Daemon.start(options, host.with(surroundings.settings().file()), log);
        Interrupts interrupts = new Interrupts(console.output(), () -> end(daemon, supervisor, log), () -> {});
        supervisor.tell("READY=1");
        daemon.awaitEnd();
        interrupts.ignoreFurther();
        return ExitCode.SUCCESS;
    }

    private static void end(Daemon daemon, Supervisor supervisor, Log log) {
        log.info("shutting down");
        supervisor.tell("STOPPING=1");
        daemon.shutDown("the daemon is shutting down");
    }

    private DaemonOptions options(
            FlagSet.Parsed parsed, Surroundings surroundings, LocalGadgetHost host, Supervisor supervisor) {
        List<ListenAddress> addresses = new ArrayList<>();
        for (String address : parsed.value(HOST).split(",", -1)) {
            addresses.add(address(address.strip()));
        }
        Optional<TlsFiles> tls =
                TlsFiles.of(parsed.value(KEY), parsed.value(CERTIFICATE), parsed.value(AUTHORITY), AUTHORITY.name());
        return new DaemonOptions(
                addresses,
                supervisor.inheritedSocket(),
                tls,
                parsed.isTrue(INSECURE),
                new SocketRights(parsed.value(GROUP), SocketRights.parseMode(parsed.value(MODE))),
                Path.of(parsed.value(INSTANCES)),
                ServiceLimits.USUAL.withEventsBuffer(events(parsed)),
                values(parsed, surroundings.settings(), flags(host)),
                surroundings.compat());
    }

    private static ListenAddress address(String text) {
        try {
            return ListenAddress.parse(text);
        } catch (RuntimeException malformed) {
            throw new CliException("invalid daemon-socket address: " + malformed.getMessage());
        }
    }

    private static int events(FlagSet.Parsed parsed) {
        long events = Long.parseUnsignedLong(parsed.value(EVENTS));
        if (events < 1 || events > MOST_EVENTS) {
            throw new CliException("--events-buffer-length must be from 1 to " + MOST_EVENTS);
        }
        return (int) events;
    }

    private static List<Flag> flags(LocalGadgetHost host) {
        List<Flag> flags = new ArrayList<>(OWN);
        host.globalParams().forEach(param -> flags.add(Flag.of(param)));
        return flags;
    }

    /** What holds for all gadgets of this daemon: flags first, then the configuration file. */
    private static Map<String, String> values(FlagSet.Parsed parsed, Settings settings, List<Flag> flags) {
        Map<String, String> values = new LinkedHashMap<>();
        settings.fill(flags, values);
        parsed.given().forEach((flag, value) -> {
            if (!flag.param().prefix().isEmpty()) {
                values.put(flag.param().qualifiedName(), value);
            }
        });
        return values;
    }
}
