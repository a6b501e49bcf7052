// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The keys that a configuration file may have. */
final class KnownKeys {
    private static final String OPERATOR = "operator.";

    /** Keys of the documented system that mean nothing here, and of clients that share the file. */
    private static final List<String> ELSEWHERE = List.of(
            "auto-mount-filesystems",
            "auto-wsl-workaround",
            "pprof-addr",
            "namespace",
            "kubeconfig",
            "context",
            RemoteFlags.PREFIX + "tcp-port",
            RemoteFlags.PREFIX + "gadget-namespace");

    /** What gadgets bring: another gadget has other ones. Exporters have names that users choose. */
    private static final List<String> OPEN = List.of(
            OPERATOR + "oci.ebpf.",
            OPERATOR + "oci.wasm.",
            "custom.",
            OPERATOR + "otel-metrics.exporters.",
            OPERATOR + "otel-logs.exporters.",
            OPERATOR + "otel-profiles.exporters.");

    private final Set<String> keys = new HashSet<>(ELSEWHERE);
    /** Operators that take part in this run; of the others nothing is known. */
    private final Set<String> sections = new HashSet<>();

    /**
     * @param flags that keys may stand for
     * @param complete whether operators that have flags have no other params
     */
    KnownKeys(Collection<Flag> flags, boolean complete) {
        GlobalFlags.all().forEach(flag -> keys.add(flag.name()));
        RemoteFlags.ALL.forEach(flag -> keys.add(RemoteFlags.PREFIX + flag.name()));
        for (Flag flag : flags) {
            String key = flag.param().qualifiedName().toLowerCase(Locale.ROOT);
            if (key.startsWith(OPERATOR)) {
                keys.add(key);
            }
            if (complete) {
                sections.add(section(key));
            }
        }
    }

    /** One sentence for each key of a configuration file that nobody knows. */
    List<String> unknown(Settings settings) {
        List<String> paths = new ArrayList<>();
        settings.file().file().tree().forEach((key, value) -> collect(key, value, paths));
        List<String> warnings = new ArrayList<>();
        for (String path : paths) {
            if (!isKnown(path)) {
                String nearest = Nearest.find(path, keys)
                        .map(key -> " (did you mean \"" + key + "\"?)")
                        .orElse("");
                warnings.add("unknown key \"" + path + "\" in " + settings.path() + nearest);
            }
        }
        return warnings;
    }

    private static void collect(String path, Object value, List<String> paths) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> collect(path + "." + key, below, paths));
        } else {
            paths.add(path);
        }
    }

    private boolean isKnown(String path) {
        if (keys.contains(path)) {
            return true;
        }
        for (String open : OPEN) {
            if (path.startsWith(open)) {
                return true;
            }
        }
        boolean misspelt = Nearest.find(path, keys).isPresent();
        return path.startsWith(OPERATOR) && !sections.contains(section(path)) && !misspelt;
    }

    /** The operator that a key belongs to, with what is before it. */
    private static String section(String path) {
        int end = path.indexOf('.', OPERATOR.length());
        return path.startsWith(OPERATOR) && end > 0 ? path.substring(0, end) : path;
    }
}
