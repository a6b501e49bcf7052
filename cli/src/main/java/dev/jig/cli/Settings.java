// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.ProcessConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the environment and the configuration file say where no flag does: the environment first. */
final class Settings {
    /** What the names of variables begin with. */
    private static final String PREFIX = "INSPEKTOR_GADGET_";

    private final Environment environment;
    private final Configuration file;
    private final Path path;
    /** Most processes have none: then nothing needs to be looked up. */
    private final boolean variables;

    private Settings(Environment environment, Configuration file, Path path) {
        this.environment = environment;
        this.file = file;
        this.path = path;
        this.variables = environment.hasVariable(PREFIX);
    }

    /**
     * Reads the configuration file: the one that was named, which must be readable, or the usual one, if that is.
     *
     * @throws CliException when a named file cannot be read, or one is malformed: with line and column
     */
    static Settings load(Environment environment, String named) {
        Path path = named.isEmpty()
                ? Path.of(environment.variable("HOME").orElse("/"), ".ig", "config.yaml")
                : Path.of(named);
        try {
            Configuration file = Configuration.parse(Files.readString(path), path.toString());
            return new Settings(environment, file, path);
        } catch (GadgetException malformed) {
            throw new CliException("initializing config: reading config: " + malformed.getMessage());
        } catch (IOException unreadable) {
            if (named.isEmpty()) {
                // Missing, or in somebody else's home, as after su or setpriv: no reason to do nothing.
                return new Settings(environment, Configuration.empty(), path);
            }
            throw new CliException("initializing config: reading config: " + FileValue.cause(path, unreadable));
        }
    }

    /** The variable that stands for a key. */
    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    /** Where the file is, or would be. */
    Path path() {
        return path;
    }

    /** What the file says. */
    ProcessConfiguration file() {
        return new ProcessConfiguration(file);
    }

    /** The value of a key such as {@code operator.oci.pull}, unchecked; elements of lists are separated by commas. */
    Optional<String> value(String key) {
        Optional<String> ofProcess = variables ? environment.variable(variable(key)) : Optional.empty();
        return ofProcess.isPresent() ? ofProcess : file.joined(key);
    }

    /** The value that the environment has for a key. */
    Optional<String> ofEnvironment(String key) {
        return environment.variable(variable(key));
    }

    /**
     * The value of a key as a flag would have it.
     *
     * @throws CliException when it is no value of that flag
     */
    Optional<String> accepted(String key, Flag flag) {
        Optional<String> value = value(key);
        if (value.isEmpty()) {
            return value;
        }
        try {
            String typed = value.get();
            boolean inFile = flag.strict() && typed.startsWith("@");
            return Optional.of(flag.accept(inFile ? FileValue.read(flag.name(), typed) : typed));
        } catch (CliException wrong) {
            boolean ofProcess = ofEnvironment(key).isPresent();
            throw new CliException("initializing config: setting flag " + flag.name() + ": " + wrong.getMessage() + " ("
                    + (ofProcess ? variable(key) : "\"" + key + "\" in " + path) + ")");
        }
    }

    /**
     * Adds what is set for flags that are params, by the params' full names.
     *
     * @throws CliException when a value is none of its flag
     */
    void fill(Collection<Flag> flags, Map<String, String> values) {
        if (!haveParams()) {
            return;
        }
        for (Flag flag : flags) {
            if (!flag.param().prefix().isEmpty()) {
                String name = flag.param().qualifiedName();
                accepted(name, flag).ifPresent(value -> values.put(name, value));
            }
        }
    }

    /** Whether params may be set. */
    boolean haveParams() {
        return variables || !file.keys().isEmpty();
    }

    /**
     * Whether a flag of all commands is set, by itself or here.
     *
     * @throws CliException when what is set here is no boolean
     */
    boolean isTrue(Flag flag, FlagSet.Parsed parsed) {
        return parsed.given().containsKey(flag)
                ? parsed.isTrue(flag)
                : accepted(flag.name(), flag).filter("true"::equals).isPresent();
    }

    /** Whether upstream's exact behaviour is asked for. */
    boolean compat(FlagSet.Parsed parsed) {
        boolean asked = environment.variable("IG_COMPAT").filter("true"::equals).isPresent();
        boolean decided = parsed.given().containsKey(GlobalFlags.COMPAT);
        return asked && !decided || isTrue(GlobalFlags.COMPAT, parsed);
    }
}
