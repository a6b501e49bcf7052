// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.map.PossibleCpus;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.sys.Mapping;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Creates an object's maps, or takes those of the caller in their place. */
final class MapCreator {
    private final ObjectFile object;
    private final LoadedObject loaded;
    private final LoadedTypes types;
    private final Map<String, MapSpec> specs;
    private final Map<String, BpfMap> replacements;

    MapCreator(
            ObjectFile object,
            LoadedObject loaded,
            LoadedTypes types,
            Map<String, MapSpec> specs,
            Map<String, BpfMap> replacements) {
        this.object = object;
        this.loaded = loaded;
        this.types = types;
        this.specs = specs;
        this.replacements = replacements;
    }

    void createAll() {
        for (MapSpec declared : object.maps()) {
            String name = declared.name();
            BpfMap replacement = replacements.get(name);
            if (replacement != null) {
                loaded.addForeign(replacement, name);
            } else {
                MapSpec spec = specs.getOrDefault(name, declared);
                loaded.addOwned(
                        PinnedMaps.isPinned(spec)
                                ? PinnedMaps.open(spec, create(spec))
                                : create(spec).get(),
                        name);
            }
        }
    }

    private Supplier<BpfMap> create(MapSpec spec) {
        return () -> {
            if (spec.inner().isEmpty()) {
                return BpfMap.create(definition(spec, OptionalInt.empty()));
            }
            // The kernel only copies the properties of the template.
            try (BpfMap template = BpfMap.create(definition(spec.inner().get(), OptionalInt.empty()))) {
                return BpfMap.create(
                        definition(spec, OptionalInt.of(template.descriptor().number())));
            }
        };
    }

    private MapDefinition definition(MapSpec spec, OptionalInt inner) {
        return new MapDefinition(
                spec.name(),
                spec.type(),
                keySize(spec),
                valueSize(spec),
                maxEntries(spec),
                spec.flags(),
                spec.extra(),
                spec.numaNode(),
                types.ofMap(spec),
                inner);
    }

    static int keySize(MapSpec spec) {
        return spec.keySize() == 0 && spec.type() == MapType.PERF_EVENT_ARRAY ? Integer.BYTES : spec.keySize();
    }

    static int valueSize(MapSpec spec) {
        return spec.valueSize() == 0 && needsDescriptorValue(spec.type()) ? Integer.BYTES : spec.valueSize();
    }

    private static boolean needsDescriptorValue(int type) {
        return type == MapType.PERF_EVENT_ARRAY || type == MapType.PROG_ARRAY || MapType.isMapInMap(type);
    }

    static int maxEntries(MapSpec spec) {
        if (MapType.isRing(spec.type())) {
            return ringSize(spec.maxEntries());
        }
        if (spec.type() != MapType.PERF_EVENT_ARRAY) {
            return spec.maxEntries();
        }
        int processors = PossibleCpus.count();
        return spec.maxEntries() == 0 ? processors : Math.min(spec.maxEntries(), processors);
    }

    /** Rings are of whole pages, which are larger on some machines than on the author's, and a power of two. */
    static int ringSize(int bytes) {
        if (bytes <= 0 || bytes > 1 << 30) {
            return bytes;
        }
        int pages = Math.max(bytes, Mapping.PAGE_SIZE);
        return Integer.highestOneBit(pages) == pages ? pages : Integer.highestOneBit(pages) << 1;
    }
}
