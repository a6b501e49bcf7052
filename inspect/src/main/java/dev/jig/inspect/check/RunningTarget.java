// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.features.Availability;
import dev.jig.bpf.features.KernelFeatures;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.link.TraceFs;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.Hook;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.object.SectionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** This machine. What only a trial can tell comes from tiny programs that do nothing; no gadget is loaded. */
public final class RunningTarget implements Target {
    private static final List<String> CAPABILITIES = List.of(
            "CAP_NET_ADMIN", "12", "CAP_NET_RAW", "13", "CAP_SYS_ADMIN", "21", "CAP_PERFMON", "38", "CAP_BPF", "39");
    private static final int SYS_ADMIN = 21;

    private final Optional<KernelBtf> kernel;
    private final KernelFeatures features;
    private final List<Btf> types = new ArrayList<>();
    private final TypeQuestions questions;
    private final KernelVersion version = KernelVersion.running();
    private final OfflineTarget table;
    private final long effective = effectiveCapabilities();
    private Optional<TraceFs> traceFs = Optional.empty();

    /**
     * @param cache for the index of the kernel's types
     */
    public RunningTarget(Optional<Path> cache) {
        kernel = openTypes(cache);
        features = new KernelFeatures(
                () -> kernel.orElseThrow(() -> new BpfException("this kernel does not tell its types")));
        kernel.ifPresent(btf -> {
            types.add(btf.kernel());
            types.addAll(btf.modules());
        });
        questions = new TypeQuestions(types);
        table = OfflineTarget.of(name(), Optional.of(version), types, Optional.empty(), Map.of());
    }

    private static Optional<KernelBtf> openTypes(Optional<Path> cache) {
        try {
            return Optional.of(KernelBtf.open(cache));
        } catch (BpfException none) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "this machine";
    }

    @Override
    public Optional<KernelVersion> version() {
        return Optional.of(version);
    }

    @Override
    public List<Btf> types() {
        return types;
    }

    private static Answer answer(Availability availability) {
        return availability.available() ? Answer.YES : Answer.no(availability.explanation());
    }

    @Override
    public Answer hook(SectionName section) {
        Answer offered = family(HookFamily.of(section), section);
        if (!offered.isYes()) {
            return offered;
        }
        if (section.hook() == Hook.TRACEPOINT) {
            return tracepoint(section);
        }
        Answer there = questions.areKnown() ? questions.target(section) : offered;
        return there.isYes() ? taken(section) : there;
    }

    /** Whether the kernel takes programs for a place that is there: it keeps some to itself, other ones in each version. */
    private Answer taken(SectionName section) {
        OptionalInt place = questions.targetType(section);
        Optional<AttachType> attachType = section.attachType();
        if (place.isEmpty() || attachType.isEmpty()) {
            return Answer.YES;
        }
        Availability taken = features.target(section.type(), attachType.get(), place.getAsInt());
        return taken.available() ? Answer.YES : Answer.no(section.text() + ": " + taken.explanation());
    }

    /** Security hooks that the kernel has and keeps to itself, as sections; nothing where programs cannot attach to any. */
    List<SectionName> deniedSecurityHooks() {
        List<SectionName> denied = new ArrayList<>();
        for (String name : questions.securityHooks()) {
            SectionName section = SectionName.parse("lsm/" + name);
            if (family(HookFamily.LSM, section).isYes() && !taken(section).isYes()) {
                denied.add(section);
            }
        }
        return denied;
    }

    Answer family(HookFamily family, SectionName section) {
        return switch (family) {
            case KPROBE -> answer(features.kernelProbes());
            case TRAMPOLINE -> answer(features.trampolines());
            case LSM -> answer(features.securityHooks());
            case TRACEPOINT -> answer(features.tracepoints());
            case RAW_TRACEPOINT -> answer(features.rawTracepoints());
            case TYPED_TRACEPOINT -> answer(features.typedTracepoints());
            case OTHER -> other(section);
        };
    }

    private Answer other(SectionName section) {
        return section.hook() == Hook.UNKNOWN
                ? Answer.no("section \"" + section.text() + "\" is of no known kind")
                : answer(features.programType(section.type()));
    }

    private Answer tracepoint(SectionName section) {
        String target = section.target();
        int slash = target.indexOf('/');
        if (slash < 0) {
            return Answer.no("\"" + target + "\" is no tracepoint: it should be GROUP/NAME");
        }
        try {
            if (traceFs.isEmpty()) {
                traceFs = Optional.of(TraceFs.open());
            }
            traceFs.get().tracepointId(target.substring(0, slash), target.substring(slash + 1));
            return Answer.YES;
        } catch (BpfException absent) {
            return Answer.no(String.valueOf(absent.getMessage()));
        }
    }

    @Override
    public Answer helper(SectionName section, int number) {
        // Iterators may call what other tracing programs may not; the tiny program that tries is none.
        return section.hook() == Hook.ITER && questions.areKnown()
                ? table.helper(section, number)
                : helper(section.type(), number);
    }

    Answer helper(ProgramType type, int number) {
        try {
            return answer(features.helper(type, number));
        } catch (BpfException refused) {
            return Answer.unknown(String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public Answer map(int type) {
        return table.map(type);
    }

    @Override
    public List<String> missingCapabilities(List<String> needed) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < CAPABILITIES.size(); i += 2) {
            String capability = CAPABILITIES.get(i);
            boolean has = (effective >> Integer.parseInt(CAPABILITIES.get(i + 1)) & 1) != 0
                    || (effective >> SYS_ADMIN & 1) != 0;
            if (needed.contains(capability) && !has) {
                missing.add(capability);
            }
        }
        return missing;
    }

    private static long effectiveCapabilities() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    return Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16);
                }
            }
            return 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
