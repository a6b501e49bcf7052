// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.List;

/** The program {@code gadgetctl}: the client of daemons. */
public final class Gadgetctl {
    private static final String DESCRIPTION =
            "Runs gadgets on daemons, here and on other machines, and shows what they see";

    private Gadgetctl() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] words) {
        Program.prepareKernelCalls();
        Program.end(Program.exitCode(List.of(words), Gadgetctl::commands));
    }

    static RootCommand commands(Console console) {
        Environment environment = Environment.current();
        List<Flag> globals = new ArrayList<>(GlobalFlags.all());
        globals.addAll(RemoteFlags.ALL);
        List<Command> commands = List.of(
                new RemoteRunCommand(console, environment),
                new AttachCommand(console, environment),
                new ListCommand(console, environment),
                new ShowCommand(console, environment),
                new DeleteCommand(console, environment),
                RemoteImageCommand.of(console, environment),
                ConfigCommand.remote(console, environment),
                new CompletionCommand(console, "gadgetctl"),
                new VersionCommand(console, "gadgetctl"));
        return new RootCommand(console, "gadgetctl", DESCRIPTION, globals, commands, new RemoteCandidates(environment));
    }
}
