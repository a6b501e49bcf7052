// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

/**
 * The text of an expression, for messages about parts of it.
 *
 * @param text as the user wrote it
 */
record Source(String text) {
    /** An exception that says what is wrong and shows where. */
    FilterException problem(String cause, int position) {
        int at = Math.clamp(position, 0, text.length());
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = text.indexOf('\n', at);
        String line = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
        long number =
                text.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
        int column = at - lineStart;
        return new FilterException(
                cause + " (" + number + ":" + (column + 1) + ")\n | " + line + "\n | " + ".".repeat(column) + "^");
    }
}
