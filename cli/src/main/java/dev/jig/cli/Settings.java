// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.ProcessConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the environment and the configuration file say where no flag does: the environment first. */
final class Settings {
    private static final String PREFIX = "INSPEKTOR_GADGET_";

    private final Environment environment;
    private final Configuration file;

    private Settings(Environment environment, Configuration file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * Reads the configuration file: the one that was named, which must be readable, or the usual one, if that is.
     *
     * @throws CliException when a named file cannot be read
     */
    static Settings load(Environment environment, String named) {
        Path path = named.isEmpty()
                ? Path.of(environment.variable("HOME").orElse("/"), ".ig", "config.yaml")
                : Path.of(named);
        try {
            return new Settings(environment, Configuration.parse(Files.readString(path), path.toString()));
        } catch (IOException unreadable) {
            if (named.isEmpty()) {
                // Missing, or in somebody else's home, as after su or setpriv: no reason to do nothing.
                return new Settings(environment, Configuration.empty());
            }
            throw new CliException("initializing config: reading config: " + FileValue.cause(path, unreadable));
        }
    }

    /** The value of a key such as {@code operator.oci.pull}. */
    Optional<String> value(String key) {
        String variable =
                PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        return environment.variable(variable).or(() -> file.text(key));
    }

    /** What the file says. */
    ProcessConfiguration file() {
        return new ProcessConfiguration(file);
    }

    /** Whether upstream's exact behaviour is asked for. */
    boolean compat() {
        return environment
                .variable("IG_COMPAT")
                .or(() -> value("compat"))
                .filter("true"::equals)
                .isPresent();
    }
}
