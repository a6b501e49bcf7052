// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** A way to one field's value, bound to the field's value source when the data source starts. */
public abstract sealed class FieldReader permits LongReader, DoubleReader, TextReader, ArrayReader {
    private final Field field;

    FieldReader(Field field) {
        this.field = field;
    }

    /** The field that is read. */
    public final Field field() {
        return field;
    }

    /** Called once, when nothing about the layout can change any more. */
    abstract void bind(ValueSource source);

    /** A derived value with several readers is kept, so that it is computed at most once per record. */
    final boolean isShared() {
        return field.readerCount() > 1;
    }

    final DataSourceException unbound() {
        return new DataSourceException("field \"" + field.fullName() + "\" is read before its data source has started");
    }
}
