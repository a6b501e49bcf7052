// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

/**
 * Where in its source an instruction comes from.
 *
 * @param file path as the compiler was given it
 * @param line number from 1
 * @param column from 1, 0 if unknown
 * @param text of the line, empty if it was not kept
 */
public record SourceLine(String file, int line, int column, String text) {}
