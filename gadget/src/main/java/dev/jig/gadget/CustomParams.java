// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Params that a gadget's metadata makes up ({@code params.custom}). What they do is change the metadata itself: each has a patch, or one for each of its
 * values.
 */
public final class CustomParams {
    /** Their prefix. */
    public static final String PREFIX = "custom.";

    private final Configuration metadata;
    private final List<Param> params = new ArrayList<>();

    private CustomParams(Configuration metadata) {
        this.metadata = metadata;
    }

    /** Those of a gadget's metadata; entries without a patch are none. */
    public static CustomParams of(Configuration metadata) {
        CustomParams custom = new CustomParams(metadata);
        Configuration entries = metadata.below("params.custom");
        for (String name : entries.keys()) {
            Configuration entry = entries.below(name);
            List<String> values = entry.below("values").keys();
            if (!values.isEmpty() || entry.has("patch")) {
                custom.params.add(Param.of(
                                PREFIX,
                                name,
                                ParamType.STRING,
                                entry.text("defaultvalue").orElse(""),
                                entry.text("description").orElse(""))
                        .withAlias(entry.text("alias").orElse(""))
                        .withPossibleValues(values.stream().sorted().toList()));
            }
        }
        return custom;
    }

    /** The params, with the prefix {@code custom.}. */
    public List<Param> params() {
        return List.copyOf(params);
    }

    /**
     * Changes the metadata as the values of the params say, or their defaults.
     *
     * @throws GadgetException when a value is not one of those that there are, or a patch is malformed
     */
    public void apply(ParamValues values) {
        for (Param param : params) {
            String value = values.find(param).isPresent() ? values.get(param) : param.defaultValue();
            patch(param, value).ifPresent(patch -> metadata.merge(patch, text -> expand(param, text, values)));
        }
    }

    private Optional<Configuration> patch(Param param, String value) {
        Configuration entry = metadata.below("params.custom").below(param.key());
        Configuration ofValue = entry.below("values").below(value.toLowerCase(Locale.ROOT));
        if (!value.isEmpty() && ofValue.has("patch")) {
            return Optional.of(ofValue.below("patch"));
        }
        return entry.has("patch") ? Optional.of(entry.below("patch")) : Optional.empty();
    }

    private String expand(Param param, String text, ParamValues values) {
        try {
            return PatchTemplate.expand(
                    text,
                    name -> value(name, values),
                    path -> metadata.text(path).orElse(""));
        } catch (GadgetException malformed) {
            throw new GadgetException(
                    "evaluating the patch of param \"" + param.key() + "\": " + malformed.getMessage(), malformed);
        }
    }

    private String value(String qualifiedName, ParamValues values) {
        for (Param param : params) {
            if (param.qualifiedName().equals(qualifiedName)) {
                return values.find(param).orElse(param.defaultValue());
            }
        }
        return values.find(qualifiedName).orElse("");
    }
}
