// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.Log;

/**
 * A log whose messages become events.
 *
 * @param most level on the wire that is passed on; higher ones matter less
 */
record SinkLog(EventSink sink, int most) implements Log {
    @Override
    public boolean isEnabled(Level level) {
        return LogLevels.toWire(level) <= most;
    }

    @Override
    public void log(Level level, String message) {
        if (isEnabled(level)) {
            sink.accept(Event.message(level, message));
            sink.flush();
        }
    }
}
