// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import static java.util.Objects.requireNonNull;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compiles filters of both languages. What they begin with may name the data source that they are for: {@code open:comm==cat}. */
public final class Filters {
    private Filters() {}

    /**
     * Compiles rules of the simple language.
     *
     * @param sources the names of all data sources: a rule may be for one of them
     * @throws FilterException when a rule that is for this data source is none
     */
    public static Condition simple(String text, DataSource dataSource, List<String> sources) {
        requireNonNull(dataSource, "dataSource is null");
        List<String> mine = new ArrayList<>();
        for (String rule : SimpleFilter.split(text)) {
            int colon = rule.indexOf(':');
            boolean qualified = colon >= 0 && colon < SimpleFilter.operatorStart(rule);
            String source = qualified ? rule.substring(0, colon) : "";
            if (qualified && !sources.contains(source)) {
                throw new FilterException("data source \"" + source + "\" not found" + suggestion(source, sources));
            }
            if (!qualified || source.equals(dataSource.name())) {
                mine.add(qualified ? rule.substring(colon + 1) : rule);
            }
        }
        return SimpleFilter.parse(dataSource, mine);
    }

    private static String suggestion(String name, List<String> names) {
        return dev.jig.datasource.Suggestion.nearest(name, names)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
    }

    /**
     * Compiles an expression; an empty one holds always.
     *
     * @throws FilterException in three lines: what is wrong with its line and column, that line, and a marker
     */
    public static Condition expression(String text, DataSource dataSource) {
        if (text.isBlank()) {
            return new Fixed(true);
        }
        return ExpressionParser.condition(text, new FieldScope(dataSource));
    }

    /**
     * Compiles an expression that makes a text of a record. The function may fail for a record, with a {@link FilterException}.
     *
     * @throws FilterException in three lines, as for conditions
     */
    public static Function<Record, String> text(String text, DataSource dataSource) {
        return ExpressionParser.text(text, new FieldScope(dataSource)).function();
    }
}
