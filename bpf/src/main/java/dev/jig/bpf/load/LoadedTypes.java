// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfSupport;
import dev.jig.bpf.features.BtfProbe;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.map.MapTypes;
import dev.jig.bpf.object.DataSection;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ObjectTypes;
import dev.jig.bpf.object.ProgramInformation;
import dev.jig.bpf.program.LoadedBtf;
import dev.jig.bpf.program.ProgramDefinition.DebugInfo;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import java.util.Optional;

/**
 * An object's types in the kernel, which maps and programs refer to. Few programs need them, so a kernel that refuses them is no reason to fail: the
 * refusal is kept for the message should a program be refused for want of them.
 */
final class LoadedTypes implements AutoCloseable {
    private final Optional<LoadedBtf> btf;
    private final boolean describesFunctions;
    private final Optional<String> refusal;

    private LoadedTypes(Optional<LoadedBtf> btf, boolean describesFunctions, Optional<String> refusal) {
        this.btf = btf;
        this.describesFunctions = describesFunctions;
        this.refusal = refusal;
    }

    /** Loads the types; what the kernel lacks is only looked for when it refuses them. */
    static LoadedTypes load(ObjectFile object) {
        try {
            return loaded(object, BtfSupport.full());
        } catch (SystemCallException refused) {
            return refused.errno().equals(Errno.EPERM) ? refused(refused) : loadReduced(object, refused);
        } catch (BpfException malformed) {
            return refused(malformed);
        }
    }

    private static LoadedTypes loadReduced(ObjectFile object, SystemCallException refused) {
        BtfSupport support = BtfProbe.support();
        if (support.equals(BtfSupport.full())) {
            return refused(refused);
        }
        try {
            return loaded(object, support);
        } catch (BpfException again) {
            return refused(again);
        }
    }

    private static LoadedTypes loaded(ObjectFile object, BtfSupport support) {
        LoadedBtf btf = LoadedBtf.load(ObjectTypes.encode(object, support), object.name());
        boolean functions = !support.missing().contains(BtfKind.FUNCTION)
                && !support.missing().contains(BtfKind.FUNCTION_PROTOTYPE);
        return new LoadedTypes(Optional.of(btf), functions, Optional.empty());
    }

    private static LoadedTypes refused(BpfException failure) {
        return new LoadedTypes(Optional.empty(), false, Optional.of(String.valueOf(failure.getMessage())));
    }

    /** Why the kernel does not have the types, if it does not. */
    Optional<String> refusal() {
        return refusal;
    }

    MapTypes ofMap(MapSpec spec) {
        return btf.isPresent() && MapType.takesTypes(spec.type())
                ? new MapTypes(number(), spec.keyType(), spec.valueType())
                : MapTypes.NONE;
    }

    /** Maps of data sections have no key type (kernel {@code array_map_check_btf}). */
    MapTypes ofSection(DataSection section) {
        return btf.isPresent() ? new MapTypes(number(), 0, section.type()) : MapTypes.NONE;
    }

    DebugInfo ofProgram(LinkedProgram program) {
        if (!describesFunctions) {
            return DebugInfo.NONE;
        }
        byte[] functions = program.functionInformation();
        // The kernel wants all functions described or none.
        boolean complete = functions.length == program.functions().size() * ProgramInformation.FUNCTION_SIZE;
        return complete
                ? new DebugInfo(
                        number(),
                        functions,
                        ProgramInformation.FUNCTION_SIZE,
                        program.lineInformation(),
                        ProgramInformation.LINE_SIZE)
                : DebugInfo.NONE;
    }

    private int number() {
        return btf.isPresent() ? btf.get().descriptor().number() : 0;
    }

    @Override
    public void close() {
        if (btf.isPresent()) {
            btf.get().close();
        }
    }
}
