// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;

/**
 * Writes the text form of every field, one after the other and with nothing between, for output modes that a gadget defines: such
 * data sources usually have one field whose text is the whole output.
 */
public final class TextWriter implements OutputWriter {
    private static final Utf8Literal CLEAR = Utf8Literal.of("\u001b[H\u001b[2J");

    private final ColumnCell[] cells;
    private final boolean clears;

    /** Creates a writer of all referenced fields that have a value, in index order. */
    public TextWriter(DataSource dataSource, OutputOptions options) {
        List<Field> fields = FieldSelection.byIndex(dataSource);
        this.cells = new ColumnCell[fields.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = ColumnCell.plain(fields.get(i));
        }
        this.clears =
                options.terminal() && "true".equals(dataSource.annotations().get("cli.clear-screen-before"));
    }

    @Override
    public void start(Utf8Buffer out) {}

    @Override
    public void beginArray(Utf8Buffer out) {}

    @Override
    public void write(Record record, Utf8Buffer out) {
        if (clears) {
            out.append(CLEAR);
        }
        for (ColumnCell cell : cells) {
            cell.write(record, out);
        }
    }

    @Override
    public void endArray(Utf8Buffer out) {}
}
