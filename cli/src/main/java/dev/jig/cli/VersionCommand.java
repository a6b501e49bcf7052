// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.List;

/** {@code ig version}. */
final class VersionCommand implements Command {
    /** The version that images and users see. */
    static final String VERSION = "v0.1.0";

    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
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
    public int run(List<String> words) {
        console.println(VERSION);
        return ExitCode.SUCCESS;
    }
}
