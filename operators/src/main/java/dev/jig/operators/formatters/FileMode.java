// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Utf8Buffer;

/** The mode of a file as {@code ls -l} writes its permissions, behind a dash. */
final class FileMode {
    private static final String PERMISSIONS = "rwxrwxrwx";
    private static final String HIGH_LETTERS = "dalTLDpSugct?";
    private static final int HIGHEST_BIT = 31;

    private FileMode() {}

    static void write(long value, Utf8Buffer out) {
        int mode = (int) value;
        boolean any = false;
        for (int i = 0; i < HIGH_LETTERS.length(); i++) {
            if ((mode & 1 << HIGHEST_BIT - i) != 0) {
                out.append(HIGH_LETTERS.charAt(i));
                any = true;
            }
        }
        if (!any) {
            out.append('-');
        }
        for (int i = 0; i < PERMISSIONS.length(); i++) {
            out.append((mode & 1 << PERMISSIONS.length() - 1 - i) != 0 ? PERMISSIONS.charAt(i) : '-');
        }
    }
}
