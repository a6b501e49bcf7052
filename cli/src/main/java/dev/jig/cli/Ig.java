// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.List;

/** The program {@code ig}. */
public final class Ig {
    private static final String DESCRIPTION =
            "Collects and shows what happens on this machine, by eBPF programs packed as images";

    private Ig() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] words) {
        Program.prepareKernelCalls();
        Program.end(exitCode(List.of(words)));
    }

    /** Runs a command. Start-up caches are recorded through here, so that they hold what each start links. */
    static int exitCode(List<String> words) {
        return Program.exitCode(words, Ig::commands);
    }

    static RootCommand commands(Console console) {
        Environment environment = Environment.current();
        List<Command> commands = List.of(
                new RunCommand(console, environment),
                new ReplayCommand(console, environment),
                new DaemonCommand(console, environment),
                new CheckCommand(console, environment),
                ImageCommand.of(console, environment),
                ConfigCommand.local(console, environment),
                new CompletionCommand(console, "ig"),
                new VersionCommand(console, "ig"));
        return new RootCommand(
                console, "ig", DESCRIPTION, GlobalFlags.all(), commands, new LocalCandidates(environment));
    }
}
