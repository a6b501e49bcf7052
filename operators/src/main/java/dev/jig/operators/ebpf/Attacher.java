// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.link.BpfLink;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.link.Probes;
import dev.jig.bpf.link.TraceFs;
import dev.jig.bpf.link.Tracepoints;
import dev.jig.bpf.link.TrafficFilter;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.Hook;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.SectionName;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.ring.RingReader;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.user.UserFiles;
import dev.jig.bpf.user.UserProbes;
import dev.jig.bpf.user.UserTarget;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Attaches the programs of an object to what their section names, or the metadata, say. */
final class Attacher implements AutoCloseable {
    private static final String DISABLED = "gadget_program_disabled";

    private final Configuration configuration;
    private final Log log;
    private final List<Link> links = new ArrayList<>();
    /** Of programs that could not be attached to user programs; those may just not be installed here. */
    private final List<GadgetException> missed = new ArrayList<>();

    private final NetworkAttacher network;
    private Optional<TraceFs> traceFs = Optional.empty();

    /**
     * @param network taken over
     */
    Attacher(Configuration configuration, Log log, NetworkAttacher network) {
        this.configuration = configuration;
        this.log = log;
        this.network = network;
    }

    /**
     * Attaches all programs. What is to be probed in user programs may be missing as long as something can be attached.
     *
     * @param attached the programs that are attached already
     * @throws GadgetException when one cannot be attached; those that were are detached by {@link #close()}
     */
    void attachAll(LoadedObject object, Set<String> attached) {
        for (LoadedObject.Program program : object.programs()) {
            String name = program.spec().name();
            String target = target(program.spec(), configuration);
            if (!target.equals(DISABLED) && !attached.contains(name)) {
                try {
                    attach(object, program, target);
                } catch (BpfException refused) {
                    throw failure(name, refused);
                }
            }
        }
        if (links.isEmpty() && !missed.isEmpty()) {
            throw missed.getFirst();
        }
        for (GadgetException failure : missed) {
            log.warn(String.valueOf(failure.getMessage()));
        }
    }

    /**
     * Attaches one program.
     *
     * @throws BpfException when that cannot be done, for whatever reason
     */
    void attachOne(LoadedObject object, LoadedObject.Program program) {
        String target = target(program.spec(), configuration);
        if (!target.equals(DISABLED)) {
            int before = missed.size();
            attach(object, program, target);
            if (missed.size() > before) {
                GadgetException failure = missed.removeLast();
                throw new BpfException(String.valueOf(failure.getMessage()), failure);
            }
        }
    }

    /** Has the reader's thread attach, as long as it runs, to what appears later. */
    void follow(RingReader reader) {
        network.follow(reader);
    }

    /** Whether the metadata says that a program is not to be attached. */
    static boolean isDisabled(String program, Configuration configuration) {
        return configuration
                .text("programs." + program + ".attach_to")
                .filter(DISABLED::equals)
                .isPresent();
    }

    /**
     * Kernels refuse programs of unknown types without saying why.
     *
     * @throws GadgetException when nobody knows what a program is to be loaded as
     */
    static void requireKnownSection(ProgramSpec program) {
        if (program.section().hook() == Hook.UNKNOWN) {
            throw failure(program.name(), new BpfException(unsupported(program)));
        }
    }

    private static GadgetException failure(String program, BpfException cause) {
        return new GadgetException("attaching eBPF program \"" + program + "\": " + cause.getMessage(), cause);
    }

    /** What a program is to be attached to: what the metadata says, else its section. */
    static String target(ProgramSpec program, Configuration configuration) {
        return configuration
                .text("programs." + program.name() + ".attach_to")
                .orElse(program.section().attachTo());
    }

    private void attach(LoadedObject object, LoadedObject.Program program, String target) {
        BpfProgram loaded = program.program();
        SectionName section = program.spec().section();
        switch (section.hook()) {
            case TRACEPOINT -> links.add(tracepoint(loaded, target));
            case RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE -> links.add(BpfLink.rawTracepoint(loaded, target));
            case TP_BTF, FENTRY, FEXIT, FMOD_RET, LSM -> links.add(BpfLink.tracing(loaded));
            case KPROBE -> links.add(KernelProbes.attach(loaded, target, Probes.Point.ENTRY));
            case KRETPROBE -> links.add(KernelProbes.attach(loaded, target, Probes.Point.RETURN));
            case KSYSCALL -> links.add(KernelProbes.attach(loaded, "sys_" + target, Probes.Point.ENTRY));
            case KRETSYSCALL -> links.add(KernelProbes.attach(loaded, "sys_" + target, Probes.Point.RETURN));
            case KPROBE_MULTI, KPROBE_SESSION ->
                links.add(KernelProbes.attachMany(loaded, section, target, Probes.Point.ENTRY));
            case KRETPROBE_MULTI -> links.add(KernelProbes.attachMany(loaded, section, target, Probes.Point.RETURN));
            case UPROBE -> attachUserProbe(program, target, Probes.Point.ENTRY);
            case URETPROBE -> attachUserProbe(program, target, Probes.Point.RETURN);
            case UPROBE_MULTI, UPROBE_SESSION -> attachUserProbes(program, target, Probes.Point.ENTRY);
            case URETPROBE_MULTI -> attachUserProbes(program, target, Probes.Point.RETURN);
            case USDT -> attachStaticProbe(program, target);
            case PERF_EVENT -> links.add(new Sampler(configuration, log).attach(loaded, section.attachTo()));
            case CGROUP, SOCK_OPS -> links.add(network.cgroup(loaded, section));
            case SOCKET_FILTER -> links.add(network.sockets(loaded));
            case TC_INGRESS, TCX_INGRESS ->
                network.traffic(program, TrafficFilter.Direction.INGRESS).ifPresent(links::add);
            case TC_EGRESS, TCX_EGRESS ->
                network.traffic(program, TrafficFilter.Direction.EGRESS).ifPresent(links::add);
            case XDP -> network.arrivals(program).ifPresent(links::add);
            case SK_SKB, SK_MSG -> links.add(network.socketMap(object, program));
            case ITER -> {}
            default -> throw new BpfException(unsupported(program.spec()));
        }
    }

    private static String unsupported(ProgramSpec program) {
        SectionName section = program.section();
        return switch (section.type()) {
            case KPROBE -> "unsupported section name \"" + section.text() + "\" for program \"" + program.name() + "\"";
            case TRACING ->
                "unsupported section name \"" + section.text() + "\" for program \"" + program.name()
                        + "\" as type ebpf.Tracing";
            default ->
                "unsupported program \"" + program.name() + "\" of type \""
                        + section.type().title() + "\" (section \"" + section.text() + "\")";
        };
    }

    private Link tracepoint(BpfProgram program, String target) {
        int slash = target.indexOf('/');
        if (slash <= 0 || slash == target.length() - 1) {
            throw new BpfException("a tracepoint is written group/name, not \"" + target + "\"");
        }
        if (traceFs.isEmpty()) {
            traceFs = Optional.of(TraceFs.open());
        }
        return new Tracepoints(traceFs.get()).attach(program, target.substring(0, slash), target.substring(slash + 1));
    }

    private void attachUserProbe(LoadedObject.Program program, String text, Probes.Point point) {
        UserTarget target = UserTarget.parse(text);
        tryUser(program, () -> userProbes().attach(program.program(), target, point));
    }

    private void attachUserProbes(LoadedObject.Program program, String text, Probes.Point point) {
        UserTarget target = UserTarget.parse(text);
        AttachType type = program.spec().section().attachType().orElseThrow();
        tryUser(
                program,
                () -> UserProbes.attachMany(program.program(), UserFiles.ofThisProcess(), target, type, point));
    }

    private static UserProbes userProbes() {
        return new UserProbes(new Probes(Kernel.architecture()), UserFiles.ofThisProcess());
    }

    private void attachStaticProbe(LoadedObject.Program program, String text) {
        UserTarget target = UserTarget.parseStatic(text);
        tryUser(program, () -> userProbes().attachStatic(program.program(), target));
    }

    private void tryUser(LoadedObject.Program program, Supplier<Link> attachment) {
        try {
            links.add(attachment.get());
        } catch (BpfException refused) {
            missed.add(failure(program.spec().name(), refused));
        }
    }

    @Override
    public void close() {
        for (Link link : links.reversed()) {
            link.close();
        }
        links.clear();
        network.close();
        traceFs.ifPresent(TraceFs::close);
        traceFs = Optional.empty();
    }
}
