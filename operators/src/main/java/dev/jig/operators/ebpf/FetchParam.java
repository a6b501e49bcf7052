// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Params of map iterators: one value for all data sources, or a list of {@code source:value}. */
final class FetchParam {
    static final Param INTERVAL = Param.of(
                    EbpfOperator.PREFIX,
                    "map-fetch-interval",
                    ParamType.STRING,
                    "1000ms",
                    "How long to wait between two reads of a map, for all data sources or as source:interval,…")
            .withTitle("Map fetch interval", "group:Data Collection");
    static final Param COUNT = Param.of(
                    EbpfOperator.PREFIX,
                    "map-fetch-count",
                    ParamType.UNTYPED,
                    "0",
                    "How often to read a map, 0 for no end, for all data sources or as source:count,…")
            .withTitle("Map fetch count", "group:Data Collection");

    private final String general;
    private final Map<String, String> bySource;

    private FetchParam(String general, Map<String, String> bySource) {
        this.general = general;
        this.bySource = bySource;
    }

    /**
     * Reads a value.
     *
     * @param sources the names of the data sources that are maps
     * @throws GadgetException when another one is named, or values with and without name are mixed
     */
    static FetchParam parse(Param param, String text, List<String> sources) {
        String general = param.defaultValue();
        Map<String, String> bySource = new HashMap<>();
        String[] parts = text.split(",", -1);
        for (String part : parts) {
            int colon = part.indexOf(':');
            if (colon < 0 && parts.length > 1) {
                throw new GadgetException("invalid value \"" + text + "\" of " + param.key()
                        + ": either one value for all data sources or a list of source:value is expected");
            }
            if (colon < 0) {
                general = part;
            } else if (sources.contains(part.substring(0, colon))) {
                bySource.put(part.substring(0, colon), part.substring(colon + 1));
            } else {
                throw new GadgetException(
                        "invalid value \"" + text + "\" of " + param.key() + ": no map is data source \""
                                + part.substring(0, colon) + "\", there " + (sources.size() == 1 ? "is " : "are ")
                                + String.join(", ", sources));
            }
        }
        return new FetchParam(general, bySource);
    }

    /** The value for a data source; a zero of its own stands for the general one. */
    String of(String source) {
        String own = bySource.getOrDefault(source, "0");
        return own.equals("0") ? general : own;
    }
}
