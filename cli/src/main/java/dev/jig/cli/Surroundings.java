// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Log;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import java.util.Collection;
import java.util.Map;

/**
 * What holds for a whole command: flags of all commands before the environment before the configuration file.
 *
 * @param compat whether upstream's exact behaviour is asked for
 */
record Surroundings(Settings settings, Log log, boolean compat) {
    /**
     * Reads the configuration.
     *
     * @throws CliException when the configuration is wrong
     */
    static Surroundings of(Console console, Environment environment, FlagSet.Parsed parsed) {
        Settings settings = Settings.load(environment, parsed.value(GlobalFlags.CONFIG));
        Log.Level usual = settings.isTrue(GlobalFlags.VERBOSE, parsed) ? Log.Level.DEBUG : Log.Level.INFO;
        Log.Level least = settings.isTrue(GlobalFlags.QUIET, parsed) ? Log.Level.LOSS : usual;
        Log log = new StderrLog(console.errorStream(), TerminalCheck::isErrorTerminal, least);
        return new Surroundings(settings, log, settings.compat(parsed));
    }

    /**
     * Warns of keys of the configuration file that nobody knows.
     *
     * @param flags of the command
     * @param complete whether there are flags for all params of the operators that have some
     */
    void checkKeys(Collection<Flag> flags, boolean complete) {
        if (!settings.file().file().keys().isEmpty() && log.isEnabled(Log.Level.WARN)) {
            new KnownKeys(flags, complete).unknown(settings).forEach(log::warn);
        }
    }

    /** How a gadget is run with values that may still change. */
    RunOptions options(Map<String, String> values) {
        return new RunOptions(ParamValues.view(values), log, compat);
    }
}
