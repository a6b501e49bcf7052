// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import dev.jig.gadget.ContextKey;

/**
 * Whoever gets what a run prints.
 *
 * @param live whether somebody looks on at a table, so that news are worth showing at once
 */
public record Onlooker(boolean live) {
    /** Left by whoever prints, before anything starts. */
    public static final ContextKey<Onlooker> KEY = new ContextKey<>("cli.onlooker", Onlooker.class);
}
