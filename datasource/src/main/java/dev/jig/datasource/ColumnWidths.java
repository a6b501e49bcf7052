// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;

/** Fits columns into the width of a terminal. A pure function of columns and width. */
public final class ColumnWidths {
    /** The kernel keeps a terminal's width in 16 bits. */
    private static final int WIDEST_TERMINAL = 0xffff;

    private final List<Column> columns;
    private final int[] widths;
    private final boolean[] settled;
    private final int total;
    private int taken;
    private int remaining;

    private ColumnWidths(List<Column> columns, int terminalWidth) {
        this.columns = columns;
        this.widths = new int[columns.size()];
        this.settled = new boolean[columns.size()];
        int dividers = columns.size() - 1;
        int required = dividers;
        taken = dividers;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column.fixed()) {
                settled[i] = true;
                widths[i] = column.width();
                taken += column.width();
                required += column.width();
            } else {
                remaining += column.width();
                required += column.minWidth() > 0 ? column.minWidth() : 1;
            }
        }
        total = Math.max(Math.min(terminalWidth, WIDEST_TERMINAL), required);
    }

    /** The widths as annotated. */
    public static int[] preferred(List<Column> columns) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).width();
        }
        return widths;
    }

    /**
     * Widths that together with one divider between each two columns fill {@code terminalWidth}, or more where fixed and least widths
     * need more: in proportion to the preferred widths, within each column's limits.
     */
    public static int[] fitted(List<Column> columns, int terminalWidth) {
        ColumnWidths fitting = new ColumnWidths(columns, terminalWidth);
        while (fitting.settleSome()) {
            // Each pass gives what the settled columns left to the others.
        }
        fitting.distributeRest();
        return fitting.widths;
    }

    /** Gives each open column its share and settles those that hit a limit; whether there were any. */
    private boolean settleSome() {
        int addedWidth = 0;
        int addedPreferred = 0;
        boolean any = false;
        for (int i = 0; i < widths.length; i++) {
            if (settled[i]) {
                continue;
            }
            Column column = columns.get(i);
            int share = (int) Math.floor((double) column.width() / remaining * (total - taken));
            int limited = limit(column, share);
            widths[i] = limited;
            if (limited != share) {
                settled[i] = true;
                any = true;
                addedWidth += limited;
                addedPreferred += column.width();
            }
        }
        taken += addedWidth;
        remaining -= addedPreferred;
        return any;
    }

    private static int limit(Column column, int share) {
        if (column.maxWidth() > 0 && share > column.maxWidth()) {
            return column.maxWidth();
        }
        return column.minWidth() > 0 && share < column.minWidth() ? column.minWidth() : share;
    }

    private void distributeRest() {
        int rest = total - taken;
        int open = 0;
        for (int i = 0; i < widths.length; i++) {
            if (!settled[i]) {
                rest -= widths[i];
                open++;
            }
        }
        while (open > 0 && rest > 0) {
            for (int i = 0; i < widths.length && rest > 0; i++) {
                if (!settled[i]) {
                    widths[i]++;
                    rest--;
                }
            }
        }
    }
}
