// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NulSeparatedText;
import java.util.Optional;

/**
 * Shows byte fields that hold several NUL-terminated strings as one text. Which they are, a gadget's metadata says:
 *
 * <pre>
 *   formatters.nul-separated.size: the field with the number of used bytes
 *   formatters.nul-separated.separator: what is put between two strings; U+00A0 by default
 * </pre>
 */
final class NulSeparatedFields {
    private static final String SIZE = "formatters.nul-separated.size";
    private static final String SEPARATOR = "formatters.nul-separated.separator";
    private static final String NO_BREAK_SPACE = "\u00a0";

    private NulSeparatedFields() {}

    /** Whether a data source has such fields; they are changed on the way. */
    static boolean apply(DataSource source, boolean compat) {
        boolean any = false;
        for (Field field : source.fields()) {
            Optional<String> size = field.annotation(SIZE);
            if (size.isPresent() && field.isReferenced() && field.kind() == Kind.CSTRING) {
                String separator = field.annotation(SEPARATOR).orElse(NO_BREAK_SPACE);
                Optional<Field> used = Optional.of(source.requireField(size.get()));
                field.deriveText(new NulSeparatedText(field, used, separator, !compat));
                any = true;
            }
        }
        return any;
    }
}
