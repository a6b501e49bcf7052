// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.gadget.GadgetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that is counted or measured on the records of a data source.
 *
 * @param name as OpenTelemetry wants it
 * @param role never a key
 * @param field what is read; none counts records
 * @param bounds upper ends of a histogram's buckets, ascending, without the last, endless one
 */
record Metric(
        String name, MetricField.Role role, String unit, String description, Optional<Field> field, double[] bounds) {
    private static final int LONGEST_NAME = 255;

    /** The SDK's own. */
    private static final double[] USUAL_BOUNDS = {
        0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000
    };

    Metric {
        checkName(name);
    }

    /** One for each record. */
    static Metric ofRecords(String name) {
        return new Metric(name, MetricField.Role.COUNTER, "", "", Optional.empty(), new double[0]);
    }

    /**
     * One that a field feeds.
     *
     * @throws GadgetException when the field's kind or annotations do not permit it
     */
    static Metric of(MetricField field) {
        Kind kind = field.field().kind();
        boolean histogram = field.role() == MetricField.Role.HISTOGRAM;
        if (!isNumber(kind) && !(histogram && field.isSlots())) {
            throw new GadgetException("adding " + field.role().text() + " for \""
                    + field.field().fullName() + "\": unsupported field type for metrics value \""
                    + field.field().fullName() + "\": " + kind.displayName());
        }
        return new Metric(
                field.name(),
                field.role(),
                field.unit(),
                field.field().annotation("metrics.description").orElse(""),
                Optional.of(field.field()),
                histogram && !field.isSlots() ? bounds(field.field()) : new double[0]);
    }

    private static boolean isNumber(Kind kind) {
        return switch (kind) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FLOAT32, FLOAT64 -> true;
            default -> false;
        };
    }

    private static double[] bounds(Field field) {
        Optional<String> given = field.annotation("metrics.boundaries");
        if (given.isEmpty()) {
            return USUAL_BOUNDS.clone();
        }
        List<Double> bounds = new ArrayList<>();
        for (String bound : given.get().split(",", -1)) {
            try {
                bounds.add(Double.valueOf(bound.strip()));
            } catch (NumberFormatException malformed) {
                throw new GadgetException(
                        "metrics.boundaries of \"" + field.fullName() + "\": \"" + bound + "\" is no number",
                        malformed);
            }
            int last = bounds.size() - 1;
            if (last > 0 && bounds.get(last) <= bounds.get(last - 1)) {
                throw new GadgetException(
                        "metrics.boundaries of \"" + field.fullName() + "\" do not ascend: " + given.get());
            }
        }
        return bounds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** A letter, then letters, digits and {@code _ . - /} (OpenTelemetry specification, instrument name syntax). */
    private static void checkName(String name) {
        boolean fine = !name.isEmpty() && name.length() <= LONGEST_NAME;
        for (int i = 0; fine && i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (i == 0 && !letter) {
                throw new GadgetException("invalid instrument name: " + name + ": must start with a letter");
            }
            fine = letter || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-' || c == '/';
        }
        if (!fine) {
            throw new GadgetException("invalid instrument name: " + name
                    + ": must be at most 255 letters, digits, \"_\", \".\", \"-\" and \"/\"");
        }
    }

    boolean isFloatingPoint() {
        return field.map(Field::kind)
                .filter(kind -> kind == Kind.FLOAT32 || kind == Kind.FLOAT64)
                .isPresent();
    }
}
