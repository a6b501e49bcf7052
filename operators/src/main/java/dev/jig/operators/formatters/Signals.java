// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Utf8Buffer;
import java.util.List;

/** Names of Linux's signals, by number from 1. */
final class Signals {
    private static final List<String> NAMES = List.of(
            "SIGHUP",
            "SIGINT",
            "SIGQUIT",
            "SIGILL",
            "SIGTRAP",
            "SIGABRT",
            "SIGBUS",
            "SIGFPE",
            "SIGKILL",
            "SIGUSR1",
            "SIGSEGV",
            "SIGUSR2",
            "SIGPIPE",
            "SIGALRM",
            "SIGTERM",
            "SIGSTKFLT",
            "SIGCHLD",
            "SIGCONT",
            "SIGSTOP",
            "SIGTSTP",
            "SIGTTIN",
            "SIGTTOU",
            "SIGURG",
            "SIGXCPU",
            "SIGXFSZ",
            "SIGVTALRM",
            "SIGPROF",
            "SIGWINCH",
            "SIGIO",
            "SIGPWR",
            "SIGSYS");

    /** One more than the largest number with a name. */
    static final long END = NAMES.size() + 1L;

    private Signals() {}

    static void write(long number, Utf8Buffer out) {
        if (number >= 1 && number <= NAMES.size()) {
            out.append(NAMES.get((int) number - 1));
        } else {
            out.append("signal#");
            out.appendLong(number);
        }
    }

    /** All names, for help texts. */
    static String all() {
        return String.join(", ", NAMES);
    }
}
