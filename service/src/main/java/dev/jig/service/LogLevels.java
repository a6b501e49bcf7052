// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.Log.Level;

/** Levels of messages on the wire: 0 panic, 1 fatal, 2 error, 3 warning, 4 info, 5 debug, 6 trace. */
final class LogLevels {
    private static final int ERROR = 2;
    private static final int WARN = 3;
    private static final int INFO = 4;
    private static final int DEBUG = 5;

    private LogLevels() {}

    static int toWire(Level level) {
        return switch (level) {
            case ERROR -> ERROR;
            case LOSS, WARN -> WARN;
            case INFO -> INFO;
            case DEBUG -> DEBUG;
        };
    }

    /** The level up to which a client wants messages. */
    static int most(boolean verbose) {
        return verbose ? DEBUG : INFO;
    }

    static Level fromWire(int level) {
        if (level <= ERROR) {
            return Level.ERROR;
        }
        return switch (level) {
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            default -> Level.DEBUG;
        };
    }
}
