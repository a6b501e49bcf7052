// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** How many entries somebody wants maps of a gadget to have. */
final class MapSizes {
    static final Param MAP_SIZE = Param.of(
                    EbpfOperator.PREFIX,
                    "map-size",
                    ParamType.STRING,
                    "",
                    "How many entries maps of the gadget have, as map=number, with commas between; without, what the"
                            + " gadget says")
            .withTitle("Map Size", "advanced", "group:eBPF");

    private final Map<String, Integer> sizes;

    private MapSizes(Map<String, Integer> sizes) {
        this.sizes = sizes;
    }

    /**
     * Reads a value.
     *
     * @throws GadgetException when it is malformed, or names a map that the gadget lacks or whose size is no number of entries
     */
    static MapSizes parse(String text, ObjectFile object) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0) {
                throw problem(text, "\"" + part + "\" is not map=number");
            }
            String name = part.substring(0, equals);
            MapSpec map = object.map(name)
                    .orElseThrow(() -> problem(text, "the gadget has no map \"" + name + "\"" + known(object)));
            if (MapType.isRing(map.type()) || map.type() == MapType.PERF_EVENT_ARRAY) {
                throw problem(text, "the size of buffer \"" + name + "\" is set by --buffer-size");
            }
            sizes.put(name, number(text, part.substring(equals + 1)));
        }
        return new MapSizes(sizes);
    }

    private static int number(String text, String digits) {
        try {
            int number = Integer.parseInt(digits);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw problem(text, "\"" + digits + "\" is no number of entries");
        }
        throw problem(text, "a map has at least one entry");
    }

    private static String known(ObjectFile object) {
        StringJoiner names = new StringJoiner(", ", ", only ", "").setEmptyValue("");
        for (MapSpec map : object.maps()) {
            if (!MapType.isRing(map.type()) && map.type() != MapType.PERF_EVENT_ARRAY) {
                names.add(map.name());
            }
        }
        return names.toString();
    }

    /** Says so to the loader. */
    void adjust(ObjectLoader loader) {
        sizes.forEach((map, entries) -> loader.adjustMap(map, spec -> spec.withMaxEntries(entries)));
    }

    private static GadgetException problem(String value, String text) {
        return new GadgetException("invalid value \"" + value + "\" as \"map-size\": " + text);
    }
}
