// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

/** A filter is wrong, or cannot be evaluated for a record; the message names the part of it. */
public final class FilterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the offending part. */
    public FilterException(String message) {
        super(message);
    }
}
