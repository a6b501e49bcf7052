// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.Kernel;
import java.util.List;

/** The program {@code ig}. */
public final class Ig {
    private static final String DESCRIPTION =
            "Collects and shows what happens on this machine, by eBPF programs packed as images";

    private Ig() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] words) {
        prepareKernelCalls();
        Program.run(List.of(words), Ig::commands);
    }

    /** Linking the system call takes as long as reading the image: on another processor the two take the time of one. */
    private static void prepareKernelCalls() {
        Thread.ofPlatform().name("jig-link").daemon().start(Kernel::architecture);
    }

    private static RootCommand commands(Console console) {
        Environment environment = Environment.current();
        return new RootCommand(
                console,
                "ig",
                DESCRIPTION,
                GlobalFlags.all(),
                List.of(
                        new RunCommand(console, environment),
                        new DaemonCommand(console, environment),
                        new ImageCommand(console, environment),
                        new VersionCommand(console)));
    }
}
