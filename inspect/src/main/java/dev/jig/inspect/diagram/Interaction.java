// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.diagram;

/**
 * Something that a program does with a map.
 *
 * @param map its name
 * @param label what is done, such as {@code Lookup}
 */
public record Interaction(String map, String label) {}
