// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.ObjectInformation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.function.Supplier;

/** Maps that live on in the bpf file system: {@code pinning} by name under {@code /sys/fs/bpf}. They are never unpinned. */
final class PinnedMaps {
    private static final int PIN_BY_NAME = 1;
    private static final String FOLDER = "/sys/fs/bpf/";
    /** {@code struct bpf_map_info} up to {@code map_flags}: type, id, key, value, entries, flags. */
    private static final int INFO_SIZE = 24;

    private PinnedMaps() {}

    static boolean isPinned(MapSpec spec) {
        return spec.pinning() == PIN_BY_NAME;
    }

    /** The map that is pinned already, or a new one that then is. */
    static BpfMap open(MapSpec spec, Supplier<BpfMap> create) {
        String path = FOLDER + spec.name();
        try (Arena arena = Arena.ofConfined()) {
            long found = BpfCommand.BPF_OBJ_GET.tryCall(new BpfAttribute(arena).text(0, path));
            if (found >= 0) {
                return reuse(spec, FileDescriptor.own(found, "pinned map \"" + spec.name() + "\""), arena);
            }
            if (found != -Errno.ENOENT.number()) {
                Kernel.check(found, "open pinned map " + path);
            }
            BpfMap map = create.get();
            BpfAttribute pin = new BpfAttribute(arena)
                    .text(0, path)
                    .u32(8, map.descriptor().number());
            BpfCommand.BPF_OBJ_PIN.call(pin, "map at " + path + " (is the bpf file system mounted there?)");
            return map;
        }
    }

    private static BpfMap reuse(MapSpec spec, FileDescriptor descriptor, Arena arena) {
        MemorySegment info = arena.allocate(INFO_SIZE, 8);
        ObjectInformation.read(descriptor, info);
        MapDefinition found = MapDefinition.of(
                        spec.name(),
                        info.get(ValueLayout.JAVA_INT, 0),
                        info.get(ValueLayout.JAVA_INT, 8),
                        info.get(ValueLayout.JAVA_INT, 12),
                        info.get(ValueLayout.JAVA_INT, 16))
                .withFlags(info.get(ValueLayout.JAVA_INT, 20));
        Optional<String> difference = MapDifference.between(spec, found);
        if (difference.isPresent()) {
            descriptor.close();
            throw new BpfException("the map pinned at " + FOLDER + spec.name() + " is not the one that is needed: "
                    + difference.get());
        }
        return BpfMap.adopt(found, descriptor);
    }
}
