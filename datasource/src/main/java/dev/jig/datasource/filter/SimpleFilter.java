// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DoubleReader;
import dev.jig.datasource.Field;
import dev.jig.datasource.LongReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The language of {@code --filter}: rules with commas between them, all of which must hold.
 *
 * <pre>
 *   filters := rule { "," rule }       "\," is a comma, "\\" a backslash
 *   rule    := field op value
 *   op      := = == != &lt; &lt;= &gt; &gt;= ~ !~
 * </pre>
 */
final class SimpleFilter {
    private static final String OPERATOR_CHARACTERS = "!~><=";

    private final DataSource dataSource;

    private SimpleFilter(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The condition that a text means for a data source.
     *
     * @throws FilterException when it is none
     */
    static Condition parse(DataSource dataSource, List<String> rules) {
        SimpleFilter filter = new SimpleFilter(dataSource);
        List<Condition> conditions = new ArrayList<>();
        for (String rule : rules) {
            conditions.add(filter.rule(rule));
        }
        return AllOf.of(conditions);
    }

    /** The rules of a text, without empty ones. */
    static List<String> split(String text) {
        List<String> rules = new ArrayList<>();
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = c == '\\' && i + 1 < text.length() && ",\\".indexOf(text.charAt(i + 1)) >= 0;
            if (escaped) {
                rule.append(text.charAt(++i));
            } else if (c == ',') {
                rules.add(rule.toString());
                rule.setLength(0);
            } else {
                rule.append(c);
            }
        }
        rules.add(rule.toString());
        rules.removeIf(String::isEmpty);
        return rules;
    }

    /** Index of the first character of a rule's operator, or its length. */
    static int operatorStart(String rule) {
        int at = 0;
        while (at < rule.length() && OPERATOR_CHARACTERS.indexOf(rule.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private Condition rule(String rule) {
        int start = operatorStart(rule);
        int end = start;
        while (end < rule.length() && OPERATOR_CHARACTERS.indexOf(rule.charAt(end)) >= 0) {
            end++;
        }
        if (start == rule.length() || end == rule.length()) {
            throw new FilterException(
                    "extracting filter rule \"" + rule + "\": incomplete filter rule: \"" + rule + "\"");
        }
        String name = rule.substring(0, start);
        String operator = rule.substring(start, end);
        String value = rule.substring(end);
        if (!isOperator(operator)) {
            throw new FilterException(
                    "extracting filter rule \"" + rule + "\": invalid operation: \"" + operator + "\"");
        }
        Field field = dataSource
                .field(name)
                .orElseThrow(() -> new FilterException("field \"" + name + "\" not found in datasource "
                        + dataSource.name() + FieldScope.suggestion(dataSource, name)));
        boolean search = operator.endsWith("~");
        return search ? search(field, operator, value) : comparison(field, operator, value);
    }

    private static boolean isOperator(String operator) {
        return switch (operator) {
            case "=", "==", "!=", "<", "<=", ">", ">=", "~", "!~" -> true;
            default -> false;
        };
    }

    private static Condition search(Field field, String operator, String pattern) {
        if (!field.kind().isText()) {
            throw new FilterException("regex based filtering can only be used on strings");
        }
        RegularExpression expression;
        try {
            expression = new RegularExpression(pattern);
        } catch (FilterException wrong) {
            throw new FilterException("invalid regular expression: " + Quoted.text(pattern));
        }
        String text = field.fullName() + " matches " + Quoted.text(pattern);
        Condition found = Texts.search(Value.Text.of(field.asText()), expression, text);
        return operator.equals("~") ? found : Negation.of(found);
    }

    private static Condition comparison(Field field, String operator, String value) {
        Comparison comparison = comparison(operator);
        return switch (field.kind()) {
            case STRING, CSTRING -> new TextComparison(field.asText(), comparison, value);
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
                new NumberComparison(field.asLong(), comparison, DecimalNumber.parse(value, field.kind()));
            case FLOAT32, FLOAT64 -> fraction(field, comparison, value);
            case BOOL -> truth(field, comparison, value);
            case INVALID -> throw new FilterException("unsupported type: Invalid");
            case BYTES,
                    INVALID_ARRAY,
                    BOOL_ARRAY,
                    INT8_ARRAY,
                    INT16_ARRAY,
                    INT32_ARRAY,
                    INT64_ARRAY,
                    UINT8_ARRAY,
                    UINT16_ARRAY,
                    UINT32_ARRAY,
                    UINT64_ARRAY,
                    FLOAT32_ARRAY,
                    FLOAT64_ARRAY,
                    STRING_ARRAY,
                    CSTRING_ARRAY,
                    BYTES_ARRAY ->
                throw new FilterException(
                        "unsupported field type for comparison: " + field.kind().displayName());
        };
    }

    private static Comparison comparison(String operator) {
        Optional<Comparison> found = Optional.empty();
        for (Comparison comparison : Comparison.values()) {
            if (comparison.symbol().equals(operator)) {
                found = Optional.of(comparison);
            }
        }
        return found.orElse(Comparison.EQUAL);
    }

    private static Condition fraction(Field field, Comparison comparison, String value) {
        double number = DecimalNumber.parseFraction(value, field.kind());
        DoubleReader reader = field.asDouble();
        String text = field.fullName() + " " + comparison.symbol() + " " + value;
        return new Computed(text, record -> comparison.holds(reader.read(record), number));
    }

    private static Condition truth(Field field, Comparison comparison, String value) {
        if (!comparison.isEquality()) {
            throw new FilterException("boolean values can only be filtered by exact match");
        }
        boolean wanted = switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new FilterException("parsing comparison value \"" + value + "\" as bool");
        };
        LongReader reader = field.asLong();
        boolean nonZero = wanted == (comparison == Comparison.EQUAL);
        return new NumberComparison(reader, nonZero ? Comparison.NOT_EQUAL : Comparison.EQUAL, 0);
    }
}
