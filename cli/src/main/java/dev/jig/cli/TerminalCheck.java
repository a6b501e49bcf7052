// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.Terminal;

/** Whether people read what is said. */
final class TerminalCheck {
    private static final int STDERR = 2;

    private TerminalCheck() {}

    static boolean isErrorTerminal() {
        return Terminal.isTerminal(STDERR);
    }
}
