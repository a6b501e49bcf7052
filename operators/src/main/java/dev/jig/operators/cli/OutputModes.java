// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/** Which mode each data source is printed in: {@code mode} for all, or {@code ds:mode,ds2:mode}. */
final class OutputModes {
    static final String COLUMNS = "columns";
    static final String JSON = "json";
    static final String JSON_PRETTY = "jsonpretty";
    static final String YAML = "yaml";
    static final String NONE = "none";

    private static final List<String> USUAL = List.of(COLUMNS, JSON, JSON_PRETTY, NONE, YAML);

    private final Map<String, String> ofSource = new HashMap<>();
    private Optional<String> ofAll = Optional.empty();

    /**
     * Reads what the user wrote.
     *
     * @throws GadgetException when both forms are mixed
     */
    static OutputModes parse(String text) {
        OutputModes modes = new OutputModes();
        StringTokenizer parts = new StringTokenizer(text, ",");
        while (parts.hasMoreTokens()) {
            String part = parts.nextToken();
            int colon = part.indexOf(':');
            if (colon < 0) {
                modes.ofAll = Optional.of(part);
            } else {
                modes.ofSource.put(part.substring(0, colon), part.substring(colon + 1));
            }
        }
        if (modes.ofAll.isPresent() && !modes.ofSource.isEmpty()) {
            throw new GadgetException(
                    "parsing default output modes: mixed values with and without specifying data source");
        }
        return modes;
    }

    /** The mode of a data source, which may be one that it does not support. */
    String of(DataSource source) {
        String own = ofSource.get(source.name());
        return own != null ? own : ofAll.orElseGet(() -> defaultMode(source));
    }

    /** The modes that a data source can be printed in, sorted. */
    static List<String> supported(DataSource source) {
        Optional<String> annotated = source.annotation("cli.supported-output-modes");
        if (annotated.isEmpty()) {
            return USUAL;
        }
        List<String> modes = new ArrayList<>();
        StringTokenizer parts = new StringTokenizer(annotated.get(), ",");
        while (parts.hasMoreTokens()) {
            String mode = parts.nextToken().strip();
            if (!mode.isEmpty()) {
                modes.add(mode);
            }
        }
        if (modes.isEmpty()) {
            return USUAL;
        }
        modes.sort(null);
        return modes;
    }

    /** The mode when nothing is said. */
    static String defaultMode(DataSource source) {
        List<String> supported = supported(source);
        return source.annotation("cli.default-output-mode")
                .filter(supported::contains)
                .orElse(supported.contains(COLUMNS) ? COLUMNS : supported.getFirst());
    }

    /** What the flag's help shows as default. */
    static String defaults(Collection<DataSource> sources) {
        if (sources.size() == 1) {
            return defaultMode(sources.iterator().next());
        }
        List<String> parts = new ArrayList<>();
        for (DataSource source : sources) {
            parts.add(source.name() + ":" + defaultMode(source));
        }
        return String.join(",", parts);
    }
}
