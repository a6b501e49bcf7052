// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static java.util.Objects.requireNonNull;

/**
 * Which gadget of a daemon a run is; those that somebody watches have none.
 *
 * @param id 32 hexadecimal digits
 * @param name as its user, or the daemon, named it
 */
public record GadgetIdentity(String id, String name) {
    /** Where a daemon leaves it before the run starts. */
    public static final ContextKey<GadgetIdentity> KEY = new ContextKey<>("gadget.identity", GadgetIdentity.class);

    /** That of a run that somebody watches. */
    public static final GadgetIdentity NONE = new GadgetIdentity("", "");

    public GadgetIdentity {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
    }
}
