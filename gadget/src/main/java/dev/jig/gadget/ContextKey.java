// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

/**
 * The typed name of something that operators leave for one another in a {@link GadgetContext}.
 *
 * @param name unique among the keys of a run
 * @param type of what is left
 */
public record ContextKey<T>(String name, Class<T> type) {}
