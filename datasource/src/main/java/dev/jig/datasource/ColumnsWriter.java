// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes each record as one line of a table. On a terminal columns are fitted into its width and long texts are shortened;
 * elsewhere each column is as wide as annotated, or as its header, and long texts are written whole.
 */
public final class ColumnsWriter implements OutputWriter {
    private static final Utf8Literal CLEAR = Utf8Literal.of("\u001b[H\u001b[2J");

    private static final Utf8Literal BOLD = Utf8Literal.of("\u001b[1m");
    private static final Utf8Literal PLAIN = Utf8Literal.of("\u001b[0m");

    private final List<Column> columns;
    private final ColumnCell[] cells;
    private final CellText text;
    private final OutputOptions options;
    private final boolean array;
    private final boolean clears;
    private final boolean shortens;
    private final Utf8Buffer cell = new Utf8Buffer(256);
    private final Utf8Buffer line = new Utf8Buffer(256);
    private int[] widths;
    private Utf8Literal header;

    private ColumnsWriter(DataSource dataSource, List<Column> columns, OutputOptions options) {
        this.columns = columns;
        this.options = options;
        this.text = new CellText(options.compat());
        this.cells = new ColumnCell[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = ColumnCell.of(columns.get(i), text);
        }
        this.array = dataSource.type() == DataSourceType.ARRAY;
        this.clears = array && "true".equals(dataSource.annotations().get("cli.clear-screen-before"));
        this.shortens = options.compat() || options.terminal();
        this.widths = widthsFor(options.terminalWidth());
        this.header = headerLine();
    }

    /** A writer of these fields in this order; an invalid annotation of one of them is an error. */
    public static ColumnsWriter of(DataSource dataSource, List<Field> fields, OutputOptions options) {
        List<Column> columns = new ArrayList<>(fields.size());
        for (Field field : fields) {
            columns.add(Column.of(field));
        }
        return new ColumnsWriter(dataSource, columns, options);
    }

    /**
     * Fits the columns into another width of the terminal, from the next line on.
     *
     * @param out gets the new header, if none comes by itself
     */
    public void resize(int terminalWidth, Utf8Buffer out) {
        widths = widthsFor(terminalWidth);
        header = headerLine();
        if (!clears && !options.compat()) {
            out.append(header);
        }
    }

    private int[] widthsFor(int terminalWidth) {
        if (options.terminal() && terminalWidth > 0) {
            return ColumnWidths.fitted(columns, terminalWidth);
        }
        int[] preferred = ColumnWidths.preferred(columns);
        for (int i = 0; i < preferred.length && !shortens; i++) {
            preferred[i] = Math.max(preferred[i], headerCell(i));
        }
        return preferred;
    }

    /** Puts the text of a header into the cell buffer; returns its width. */
    private int headerCell(int column) {
        cell.clear();
        Utf8Literal title = Utf8Literal.of(columns.get(column).header());
        return text.append(cell, title.address(), title.length());
    }

    private Utf8Literal headerLine() {
        line.clear();
        boolean bold = options.emphasis() && !options.compat();
        if (bold) {
            line.append(BOLD);
        }
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                line.append(' ');
            }
            int width = headerCell(i);
            text.fit(line, cell, width, widths[i], columns.get(i).right(), Ellipsis.END);
        }
        if (bold) {
            line.append(PLAIN);
        }
        line.append('\n');
        return Utf8Literal.of(line);
    }

    @Override
    public void start(Utf8Buffer out) {
        if (clears && (options.compat() || options.terminal())) {
            out.append(CLEAR);
        }
        if (!array || clears || !options.compat()) {
            out.append(header);
        }
    }

    @Override
    public void beginArray(Utf8Buffer out) {
        boolean clearsNow = clears && options.terminal();
        if (clearsNow) {
            out.append(CLEAR);
        }
        if (clearsNow || options.compat()) {
            out.append(header);
        }
    }

    @Override
    public void write(Record record, Utf8Buffer out) {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                out.append(' ');
            }
            cell.clear();
            int width = cells[i].write(record, cell);
            Column column = columns.get(i);
            int target = shortens ? widths[i] : Math.max(widths[i], width);
            text.fit(out, cell, width, target, column.right(), column.ellipsis());
        }
        out.append('\n');
    }

    @Override
    public void endArray(Utf8Buffer out) {}

    @Override
    public void close() {
        cell.close();
        line.close();
    }
}
