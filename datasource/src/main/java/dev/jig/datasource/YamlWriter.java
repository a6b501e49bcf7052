// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;

/** Writes each record, also each one of an array, as one YAML document behind a line of three dashes. */
public final class YamlWriter implements OutputWriter {
    private final Plan plan;

    private YamlWriter(List<FieldTree.Node> fields, OutputOptions options) {
        this.plan = new YamlPlanBuilder(options.compat()).build(fields);
    }

    /** A writer of all fields. */
    public static YamlWriter of(DataSource dataSource, OutputOptions options) {
        return new YamlWriter(FieldTree.all(dataSource), options);
    }

    /** A writer of the selected fields, their ancestors and descendants. */
    public static YamlWriter of(DataSource dataSource, List<Field> fields, OutputOptions options) {
        return new YamlWriter(FieldTree.selected(dataSource, fields, options.compat()), options);
    }

    @Override
    public void start(Utf8Buffer out) {}

    @Override
    public void beginArray(Utf8Buffer out) {}

    @Override
    public void write(Record record, Utf8Buffer out) {
        plan.write(record, out);
    }

    @Override
    public void endArray(Utf8Buffer out) {}

    @Override
    public void close() {
        plan.close();
    }
}
