// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.List;

/** {@code ig version}. */
final class VersionCommand implements Command {
    /** The version that images and users see. */
    static final String VERSION = "v0.1.0";

    private final Console console;
    private final String program;

    VersionCommand(Console console, String program) {
        this.console = console;
        this.program = program;
    }

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "Show version";
    }

    @Override
    public String usage() {
        return program + " version";
    }

    @Override
    public List<Flag> flags() {
        return List.of();
    }

    @Override
    public int run(List<String> words) {
        if (words.contains("-h") || words.contains("--help")) {
            console.print(HelpText.command(this));
        } else {
            console.println(VERSION);
        }
        return ExitCode.SUCCESS;
    }
}
