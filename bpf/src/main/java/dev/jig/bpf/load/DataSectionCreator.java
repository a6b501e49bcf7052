// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.features.KernelConfiguration;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.DataSection;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.VariableValues;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;

/**
 * Turns data sections into arrays of one element. Those that programs only read are frozen before any program is
 * loaded: the verifier then takes their content for constants and drops dead branches.
 */
final class DataSectionCreator {
    private static final int BPF_F_RDONLY_PROG = 1 << 7;
    private static final int BPF_F_MMAPABLE = 1 << 10;
    private static final byte[] ONLY_KEY = new byte[Integer.BYTES];

    private final ObjectFile object;
    private final VariableValues variables;
    private final LoadedObject loaded;
    private final LoadedTypes types;

    DataSectionCreator(ObjectFile object, VariableValues variables, LoadedObject loaded, LoadedTypes types) {
        this.object = object;
        this.variables = variables;
        this.loaded = loaded;
        this.types = types;
    }

    void createAll() {
        for (DataSection section : object.dataSections()) {
            if (section.size() > 0) {
                loaded.addOwned(create(section), section.name());
            }
        }
    }

    private BpfMap create(DataSection section) {
        int readOnly = section.isReadOnly() ? BPF_F_RDONLY_PROG : 0;
        MapDefinition definition = MapDefinition.of(mapName(section), MapType.ARRAY, Integer.BYTES, section.size(), 1)
                .withTypes(types.ofSection(section));
        BpfMap map = createMappable(definition, readOnly);
        try {
            if (section.kind() != DataSection.Kind.ZEROED) {
                map.update(ONLY_KEY, contents(section), BpfMap.ANY);
            }
            if (section.isReadOnly()) {
                map.freeze();
            }
            return map;
        } catch (RuntimeException failure) {
            map.close();
            throw failure;
        }
    }

    /** Kernels before 5.5 cannot map arrays into user space. */
    private static BpfMap createMappable(MapDefinition definition, int flags) {
        try {
            return BpfMap.create(definition.withFlags(flags | BPF_F_MMAPABLE));
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.EINVAL)) {
                return BpfMap.create(definition.withFlags(flags));
            }
            throw refused;
        }
    }

    private byte[] contents(DataSection section) {
        return section.kind() == DataSection.Kind.KERNEL_CONFIGURATION
                ? new ConfigurationValues(object, KernelConfiguration::running, KernelVersion.running())
                        .contents(section)
                : variables.contents(section);
    }

    /** As other loaders do: a part of the object's name before the section's, so that lists of maps tell objects apart. */
    private String mapName(DataSection section) {
        int room = 15 - Math.min(section.name().length(), 15);
        String prefix = object.name();
        int end = prefix.indexOf('.');
        prefix = end < 0 ? prefix : prefix.substring(0, end);
        return prefix.substring(0, Math.min(Math.min(room, 8), prefix.length())) + section.name();
    }
}
