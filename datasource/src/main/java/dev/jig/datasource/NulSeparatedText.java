// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.Optional;

/**
 * The text of a byte field that holds several strings, each ended by a NUL: an argument vector, for instance. The strings
 * are joined by a separator. A last string that the field's end has cut off is kept, or dropped for compatibility.
 */
public final class NulSeparatedText implements TextDerivation {
    private final Field field;
    private final Optional<LongReader> size;
    private final Utf8Literal separator;
    private final boolean keepsCut;

    /**
     * @param field a member of a fixed layout
     * @param size a field that says how many bytes are used; without one, all that the record has
     * @param separator between two strings
     * @param keepsCut whether a last string without its NUL is kept
     */
    public NulSeparatedText(Field field, Optional<Field> size, String separator, boolean keepsCut) {
        if (!field.isStaticMember()) {
            throw new DataSourceException("field \"" + field.fullName() + "\" is not a member of a fixed layout");
        }
        this.field = field;
        this.size = size.map(Field::asLong);
        this.separator = Utf8Literal.of(separator);
        this.keepsCut = keepsCut;
    }

    @Override
    public void write(Record record, Utf8Buffer out) {
        long used = size.isPresent() ? size.get().read(record) : Long.MAX_VALUE;
        record.window(field.payloadIndex(), field.offset(), field.size());
        long start = record.windowAddress();
        int length = Math.clamp(used, 0, record.windowLength());
        int at = 0;
        boolean first = true;
        while (at < length) {
            int end = at + Memory.lengthUntilNul(start + at, length - at);
            if (end == length && !keepsCut) {
                return;
            }
            if (!first) {
                out.append(separator);
            }
            out.append(start + at, end - at);
            first = false;
            at = end + 1;
        }
    }
}
