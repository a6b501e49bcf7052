// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.service.RemoteRuntime;
import java.util.ArrayList;
import java.util.List;

/** A command that asks daemons something, with flags that are known from the start. */
abstract class RemoteCommand extends SimpleCommand {
    private final Environment environment;

    RemoteCommand(Console console, Environment environment, String usage, List<Flag> own) {
        super(console, usage, withRemote(own));
        this.environment = environment;
    }

    private static List<Flag> withRemote(List<Flag> own) {
        List<Flag> all = new ArrayList<>(own);
        all.addAll(RemoteFlags.ALL);
        return all;
    }

    /** Runs with daemons to talk to. */
    abstract int run(FlagSet.Parsed parsed, RemoteRuntime remote);

    @Override
    final int run(FlagSet.Parsed parsed) {
        Settings settings = Settings.load(environment, parsed.value(GlobalFlags.CONFIG));
        try (RemoteRuntime remote = RemoteFlags.connect(parsed, settings)) {
            return run(parsed, remote);
        }
    }
}
