// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.inspect.page.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Data sources with their fields, as tables of a page. */
final class SourceTables {
    private static final String DESCRIPTION = "description";

    private SourceTables() {}

    /** A table for each data source, sorted by name. */
    static List<Table> of(Collection<DataSource> sources) {
        List<DataSource> sorted = new ArrayList<>(sources);
        sorted.sort(Comparator.comparing(DataSource::name));
        List<Table> tables = new ArrayList<>();
        for (DataSource source : sorted) {
            List<List<String>> rows = new ArrayList<>();
            source.fields().forEach(field -> rows.add(row(field)));
            String title = source.name() + ", " + source.type().name().toLowerCase(Locale.ROOT);
            tables.add(new Table(
                    title, List.of("Field", "Kind", "Offset", "Bytes", "Shown", "Tags", "Description"), rows));
        }
        return tables;
    }

    private static List<String> row(Field field) {
        return List.of(
                field.fullName(),
                field.isEmpty() ? "" : field.kind().name().toLowerCase(Locale.ROOT),
                field.isStaticMember() ? String.valueOf(field.offset()) : "",
                field.isStaticMember() ? String.valueOf(field.size()) : "",
                field.isHidden() ? "" : "yes",
                String.join(", ", field.tags()),
                field.annotation(DESCRIPTION).orElse(""));
    }
}
