// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** A data source, a field, a selection or a value breaks a rule; the message names the offending part. */
public final class DataSourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the part and, where there is one, the limit. */
    public DataSourceException(String message) {
        super(message);
    }
}
