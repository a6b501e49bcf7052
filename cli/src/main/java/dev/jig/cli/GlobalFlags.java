// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.ParamType;
import java.util.List;

/** Flags of all commands. */
final class GlobalFlags {
    static final Flag VERBOSE = Flag.plain("verbose", "v", ParamType.BOOL, "false", "Say more of what is done");
    static final Flag QUIET =
            Flag.plain("quiet", "q", ParamType.BOOL, "false", "Say nothing but errors, and what was lost");
    static final Flag CONFIG = Flag.plain("config", ParamType.STRING, "", "Configuration file to use");
    static final Flag COMPAT = Flag.plain(
            "compat",
            ParamType.BOOL,
            "false",
            "Print upstream's exact bytes and keep its habits (also IG_COMPAT=true)");
    static final Flag HELP = Flag.plain("help", "h", ParamType.BOOL, "false", "Show this help");

    private GlobalFlags() {}

    static List<Flag> all() {
        return List.of(VERBOSE, QUIET, CONFIG, COMPAT);
    }
}
