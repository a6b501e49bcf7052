// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.Locale;
import java.util.Optional;

/**
 * How one field is shown in a table.
 *
 * @param field the field that gives the column its name and layout
 * @param value the field whose value is shown, usually the same
 * @param header text of the header
 * @param width preferred width in characters
 * @param minWidth least width when columns are fitted to a terminal; 0 for none
 * @param maxWidth greatest width when columns are fitted to a terminal; 0 for none
 * @param fixed whether the width is never changed
 * @param right whether cells are aligned to the right
 * @param ellipsis how long texts are shortened
 * @param hex whether integers are shown in hexadecimal
 * @param precision digits of floats after the point
 */
public record Column(
        Field field,
        Field value,
        String header,
        int width,
        int minWidth,
        int maxWidth,
        boolean fixed,
        boolean right,
        Ellipsis ellipsis,
        boolean hex,
        int precision) {
    private static final int DEFAULT_WIDTH = 16;
    private static final int WIDEST = 1 << 16;
    private static final int MOST_DECIMALS = 1000;

    /** The column that the annotations of a field describe; an annotation with an invalid value is an error. */
    public static Column of(Field field) {
        int typeWidth = typeWidth(field.kind());
        int maxWidth = number(field, "columns.maxwidth", typeWidth, WIDEST);
        return new Column(
                field,
                valueField(field),
                header(field),
                number(field, "columns.width", DEFAULT_WIDTH, WIDEST),
                number(field, "columns.minwidth", 0, WIDEST),
                maxWidth,
                isTrue(field, "columns.fixed"),
                alignsRight(field),
                ellipsis(field),
                isTrue(field, "columns.hex"),
                number(field, "columns.precision", 0, MOST_DECIMALS));
    }

    private static String header(Field field) {
        String alias = field.annotation("columns.alias").orElse("");
        return (alias.isEmpty() ? field.fullName() : alias).toUpperCase(Locale.ROOT);
    }

    private static Field valueField(Field field) {
        Optional<String> replacement = field.annotation("columns.replace");
        return replacement.isPresent() && !replacement.get().isEmpty()
                ? field.dataSource().requireField(replacement.get())
                : field;
    }

    /** Characters that any value of the kind fits into; 0 if there is no such number. */
    private static int typeWidth(Kind kind) {
        return switch (kind) {
            case UINT8 -> 3;
            case INT8 -> 4;
            case UINT16, BOOL -> 5;
            case INT16 -> 6;
            case UINT32 -> 10;
            case INT32 -> 11;
            case UINT64, INT64 -> 20;
            default -> 0;
        };
    }

    private static int number(Field field, String key, int missing, int largest) {
        Optional<String> text = field.annotation(key);
        if (text.isEmpty() || text.get().isEmpty()) {
            return missing;
        }
        if (text.get().equals("type")) {
            int typeWidth = typeWidth(field.kind());
            if (typeWidth == 0) {
                throw invalid(field, key, text.get());
            }
            return typeWidth;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value < 0 || value > largest) {
                throw invalid(field, key, text.get());
            }
            return value;
        } catch (NumberFormatException e) {
            throw invalid(field, key, text.get());
        }
    }

    private static boolean isTrue(Field field, String key) {
        return "true".equals(field.annotations().get(key));
    }

    private static boolean alignsRight(Field field) {
        String key = "columns.alignment";
        String text = field.annotation(key).orElse("left");
        return switch (text) {
            case "left" -> false;
            case "right" -> true;
            default -> throw invalid(field, key, text);
        };
    }

    private static Ellipsis ellipsis(Field field) {
        String key = "columns.ellipsis";
        String text = field.annotation(key).orElse("");
        return switch (text) {
            case "" -> Ellipsis.NONE;
            case "start" -> Ellipsis.START;
            case "middle" -> Ellipsis.MIDDLE;
            case "end" -> Ellipsis.END;
            default -> throw invalid(field, key, text);
        };
    }

    private static DataSourceException invalid(Field field, String key, String value) {
        return new DataSourceException("field \"" + field.fullName() + "\" of data source \""
                + field.dataSource().name() + "\": invalid value \"" + value + "\" of annotation " + key);
    }
}
