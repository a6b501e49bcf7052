// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static java.util.Objects.requireNonNull;

/**
 * What the configuration file of this process says, for operators with settings that no flag could hold.
 *
 * @param file empty where there is none
 */
public record ProcessConfiguration(Configuration file) {
    /** Where whoever starts runs leaves it. */
    public static final ContextKey<ProcessConfiguration> KEY =
            new ContextKey<>("process.configuration", ProcessConfiguration.class);

    /** That of a process without a configuration file. */
    public static final ProcessConfiguration NONE = new ProcessConfiguration(Configuration.empty());

    public ProcessConfiguration {
        requireNonNull(file, "file is null");
    }
}
