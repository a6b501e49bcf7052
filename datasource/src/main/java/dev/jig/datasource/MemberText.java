// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** The text that a member of a fixed layout holds, whatever text is derived for its field. */
public final class MemberText {
    private final Field field;

    /**
     * @throws DataSourceException when the field is not a member of a fixed layout
     */
    public MemberText(Field field) {
        if (!field.isStaticMember()) {
            throw new DataSourceException("field \"" + field.fullName() + "\" is not a member of a fixed layout");
        }
        this.field = field;
    }

    /** Sets the record's window to the bytes before the first NUL. */
    public void read(Record record) {
        record.window(field.payloadIndex(), field.offset(), field.size());
        record.cutWindowAtNul();
    }
}
