// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

/** The command line is wrong; the message is a sentence for the user. */
class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CliException(String message) {
        super(message);
    }
}
