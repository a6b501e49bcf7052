// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Log;
import java.util.Set;

/**
 * A log that tells each message once, however many gadgets have it to tell.
 *
 * @param log where messages go
 * @param said messages that were told already, shared by the gadgets
 */
record OnceLog(Log log, Set<String> said) implements Log {
    @Override
    public boolean isEnabled(Level level) {
        return log.isEnabled(level);
    }

    @Override
    public void log(Level level, String message) {
        boolean isNew;
        synchronized (said) {
            isNew = said.add(message);
        }
        if (isNew) {
            log.log(level, message);
        }
    }
}
