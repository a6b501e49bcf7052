// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

/** Where operators tell the user what goes on besides data. */
public interface Log {
    /** How much a message matters, what matters most first. */
    enum Level {
        ERROR,
        /** A warning of events that are missing: nobody may silence it. */
        LOSS,
        WARN,
        INFO,
        DEBUG
    }

    /** A log that keeps nothing. */
    Log NONE = new Log() {
        @Override
        public void log(Level level, String message) {}
    };

    /** Takes a message: a sentence without a final newline. */
    void log(Level level, String message);

    /** Whether messages of a level are kept; a caller may save the work of making one. */
    default boolean isEnabled(Level level) {
        return level != Level.DEBUG;
    }

    default void error(String message) {
        log(Level.ERROR, message);
    }

    /** Tells of events that are missing. */
    default void loss(String message) {
        log(Level.LOSS, message);
    }

    default void warn(String message) {
        log(Level.WARN, message);
    }

    default void info(String message) {
        log(Level.INFO, message);
    }

    default void debug(String message) {
        log(Level.DEBUG, message);
    }
}
