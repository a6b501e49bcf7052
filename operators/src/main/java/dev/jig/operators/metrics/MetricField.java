// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.gadget.GadgetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A field that is part of a metric.
 *
 * @param role what part
 */
record MetricField(Field field, Role role) {
    /** What a field is to a metric. */
    enum Role {
        KEY,
        COUNTER,
        GAUGE,
        HISTOGRAM;

        /** As annotations and Prometheus write it. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Name of the metric or attribute. */
    String name() {
        return field.annotation("metrics.name").orElse(field.fullName());
    }

    /** The unit, empty if none is given. */
    String unit() {
        return field.annotation("metrics.unit").orElse("");
    }

    /** Whether the slots of a histogram are counted already. */
    boolean isSlots() {
        return field.kind() == Kind.UINT32_ARRAY || field.kind() == Kind.UINT64_ARRAY;
    }

    /** The fields of a data source that have a role, in their order. */
    static List<MetricField> of(DataSource source) {
        List<MetricField> found = new ArrayList<>();
        for (Field field : source.fields()) {
            role(field).ifPresent(role -> found.add(new MetricField(field, role)));
        }
        return found;
    }

    private static Optional<Role> role(Field field) {
        Optional<String> named = field.annotation("metrics.type");
        if (named.isPresent()) {
            return switch (named.get()) {
                case "key" -> Optional.of(Role.KEY);
                case "counter" -> Optional.of(Role.COUNTER);
                case "gauge" -> Optional.of(Role.GAUGE);
                case "histogram" -> Optional.of(Role.HISTOGRAM);
                default ->
                    throw new GadgetException("field \"" + field.fullName() + "\": metrics.type \"" + named.get()
                            + "\" is none of key, counter, gauge and histogram");
            };
        }
        if (field.hasAnyTag("type:gadget_counter__u32", "type:gadget_counter__u64")) {
            return Optional.of(Role.COUNTER);
        }
        if (field.hasAnyTag("type:gadget_gauge__u32", "type:gadget_gauge__u64")) {
            return Optional.of(Role.GAUGE);
        }
        return field.hasAnyTag("type:gadget_histogram_slot__u32", "type:gadget_histogram_slot__u64")
                ? Optional.of(Role.HISTOGRAM)
                : Optional.empty();
    }
}
