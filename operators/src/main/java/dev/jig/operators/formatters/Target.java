// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import java.util.Map;
import java.util.Optional;

/** The readable sibling of a raw field. */
final class Target {
    private static final String RAW_SUFFIX = "_raw";
    private static final String HIDDEN = "columns.hidden";

    private Target() {}

    /** The name that the sibling gets: from an annotation, or the raw name without its suffix. */
    static Optional<String> name(Field raw, String annotation) {
        Optional<String> configured = raw.annotation(annotation);
        if (configured.isPresent()) {
            return configured;
        }
        return raw.name().endsWith(RAW_SUFFIX)
                ? Optional.of(raw.name().substring(0, raw.name().length() - RAW_SUFFIX.length()))
                : Optional.empty();
    }

    /** Adds the sibling, with the default annotations, and hides the raw field unless it is annotated otherwise. */
    static Field add(Field raw, String name) {
        return add(raw, NewField.of(name, Kind.STRING));
    }

    /** Adds the sibling, with exactly these annotations. */
    static Field add(Field raw, String name, Map<String, String> annotations) {
        return add(raw, NewField.of(name, Kind.STRING).withAnnotations(annotations));
    }

    private static Field add(Field raw, NewField sibling) {
        hide(raw, true);
        return raw.dataSource().addField(sibling.beside(raw).withOrder(raw.order()));
    }

    /** Hides a field with its children; then its own annotation decides, or else the default. */
    static void hide(Field field, boolean byDefault) {
        field.setHidden(true, true);
        boolean hidden = field.annotation(HIDDEN).map("true"::equals).orElse(byDefault);
        field.setHidden(hidden, false);
    }
}
