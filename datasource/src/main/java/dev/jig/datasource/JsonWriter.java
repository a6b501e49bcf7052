// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;

/** Writes each packet as one JSON value and a line feed: an object, or an array of objects. */
public final class JsonWriter implements OutputWriter {
    private static final String UNIT = "  ";

    private final Plan record;
    private final Utf8Literal first;
    private final Utf8Literal next;
    private final Utf8Literal end;
    private final boolean array;
    private int written;

    private JsonWriter(DataSource dataSource, List<FieldTree.Node> fields, OutputOptions options, boolean pretty) {
        this.array = dataSource.type() == DataSourceType.ARRAY;
        boolean lines = array && pretty;
        this.first = Utf8Literal.of(!array ? "" : lines ? "\n" + UNIT : "");
        this.next = Utf8Literal.of(lines ? ",\n" + UNIT : ",");
        this.end = Utf8Literal.of(lines ? "\n]\n" : "]\n");
        JsonPlanBuilder builder = new JsonPlanBuilder(pretty ? UNIT : "", options.compat());
        this.record = builder.build(fields, lines ? 1 : 0, array ? "" : "\n");
    }

    /** A writer of one line per packet with all fields. */
    public static JsonWriter compact(DataSource dataSource, OutputOptions options) {
        return new JsonWriter(dataSource, FieldTree.all(dataSource), options, false);
    }

    /** A writer of one line per packet with the selected fields, their ancestors and descendants. */
    public static JsonWriter compact(DataSource dataSource, List<Field> fields, OutputOptions options) {
        return new JsonWriter(dataSource, FieldTree.selected(dataSource, fields, options.compat()), options, false);
    }

    /** A writer with one line per value, indented by two spaces per level. */
    public static JsonWriter pretty(DataSource dataSource, OutputOptions options) {
        return new JsonWriter(dataSource, FieldTree.all(dataSource), options, true);
    }

    /** Like {@link #pretty(DataSource, OutputOptions)} with the selected fields, their ancestors and descendants. */
    public static JsonWriter pretty(DataSource dataSource, List<Field> fields, OutputOptions options) {
        return new JsonWriter(dataSource, FieldTree.selected(dataSource, fields, options.compat()), options, true);
    }

    @Override
    public void start(Utf8Buffer out) {}

    @Override
    public void beginArray(Utf8Buffer out) {
        out.append('[');
        written = 0;
    }

    @Override
    public void write(Record record, Utf8Buffer out) {
        if (array) {
            out.append(written++ == 0 ? first : next);
        }
        this.record.write(record, out);
    }

    @Override
    public void endArray(Utf8Buffer out) {
        if (written == 0) {
            out.append("]\n");
        } else {
            out.append(end);
        }
    }

    @Override
    public void close() {
        record.close();
    }
}
