// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Values of params by their fully qualified names. */
public final class ParamValues {
    private final Map<String, String> values;

    private ParamValues(Map<String, String> values) {
        this.values = values;
    }

    /** Nothing is set. */
    public static ParamValues none() {
        return new ParamValues(Map.of());
    }

    /** The given values, copied. */
    public static ParamValues of(Map<String, String> values) {
        return new ParamValues(new LinkedHashMap<>(values));
    }

    /** The given values as they are whenever somebody asks: a caller may complete them until the run starts. */
    public static ParamValues view(Map<String, String> values) {
        return new ParamValues(values);
    }

    /** What was set for a param, if anything. */
    public Optional<String> find(Param param) {
        String value = values.get(param.qualifiedName());
        if (value == null && !param.alternativeKey().isEmpty()) {
            value = values.get(param.prefix() + param.alternativeKey());
        }
        return Optional.ofNullable(value);
    }

    /** What was set for a fully qualified name, if anything. */
    public Optional<String> find(String qualifiedName) {
        return Optional.ofNullable(values.get(qualifiedName));
    }

    /**
     * The value of a param: what was set, or its default.
     *
     * @throws GadgetException when what was set is not a value of the param
     */
    public String get(Param param) {
        Optional<String> value = find(param);
        if (value.isEmpty()) {
            return param.defaultValue();
        }
        String text = value.get();
        if (!text.isEmpty() || param.mandatory()) {
            param.problem(text).ifPresent(problem -> {
                throw new GadgetException(problem);
            });
        }
        return text;
    }

    /** The values, in the order in which they were set. */
    public Map<String, String> asMap() {
        return Map.copyOf(values);
    }
}
