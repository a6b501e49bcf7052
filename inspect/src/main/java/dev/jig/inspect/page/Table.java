// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import java.util.List;

/**
 * A table of a page.
 *
 * @param title above it
 * @param head names of the columns
 * @param rows cells, as many as there are columns
 */
public record Table(String title, List<String> head, List<List<String>> rows) {
    public Table {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    void write(StringBuilder page) {
        page.append("<h3>").append(Markup.escape(title)).append("</h3>\n<table>");
        row(page, "th", head);
        rows.forEach(cells -> row(page, "td", cells));
        page.append("</table>\n");
    }

    private static void row(StringBuilder page, String tag, List<String> cells) {
        page.append("<tr>");
        for (String cell : cells) {
            page.append('<')
                    .append(tag)
                    .append('>')
                    .append(Markup.escape(cell))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        page.append("</tr>\n");
    }
}
