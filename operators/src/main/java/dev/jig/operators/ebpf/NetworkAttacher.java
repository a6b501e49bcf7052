// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.link.BpfLink;
import dev.jig.bpf.link.CgroupRoot;
import dev.jig.bpf.link.Dispatcher;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.link.SocketMapLink;
import dev.jig.bpf.link.TrafficFilter;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.SectionName;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.ring.RingReader;
import dev.jig.gadget.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attaches programs that look at sockets, packets and what groups of processes do with them. */
final class NetworkAttacher implements AutoCloseable {
    /** A packet that other filters shall see too ({@code TC_ACT_UNSPEC}). */
    private static final int GO_ON = -1;

    /** One look costs some microseconds for each process. */
    private static final Duration LOOK_FOR_NAMESPACES = Duration.ofMillis(250);

    private final String networkInterface;
    private final Map<String, String> socketMaps;
    private final Log log;
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final List<NamespaceSockets> following = new ArrayList<>();
    private Optional<CgroupRoot> cgroups = Optional.empty();

    /**
     * @param networkInterface what the user chose, empty for none
     * @param socketMaps the maps whose sockets programs rule over, by program
     */
    NetworkAttacher(String networkInterface, Map<String, String> socketMaps, Log log) {
        this.networkInterface = networkInterface;
        this.socketMaps = Map.copyOf(socketMaps);
        this.log = log;
    }

    /** To the root of all cgroups, where every process of the machine is seen. */
    Link cgroup(BpfProgram program, SectionName section) {
        AttachType type = section.attachType()
                .orElseThrow(() -> new BpfException("section \"" + section.text()
                        + "\" does not say what of cgroups it attaches to: for instance cgroup_skb/ingress"));
        if (cgroups.isEmpty()) {
            cgroups = Optional.of(CgroupRoot.open());
        }
        return cgroups.get().attach(program, type);
    }

    /** To the packets of each network namespace that a process lives in. */
    Link sockets(BpfProgram program) {
        NamespaceSockets sockets = new NamespaceSockets(program, new NetworkNamespaces(log), log);
        following.add(sockets);
        return sockets;
    }

    /** Has the reader's thread look for network namespaces that appear later, if a program is to see their packets. */
    void follow(RingReader reader) {
        for (NamespaceSockets sockets : following) {
            reader.every(LOOK_FOR_NAMESPACES, Long.MAX_VALUE, sockets::follow);
        }
    }

    /** To the packets that come in or go out through the chosen interface. */
    Optional<Link> traffic(LoadedObject.Program program, TrafficFilter.Direction direction) {
        Optional<NetworkInterfaces.Known> chosen = chosen(program);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Dispatcher dispatcher = new Dispatcher(program.program(), GO_ON);
        resources.add(dispatcher);
        BpfProgram filter = dispatcher.forNetwork(NetworkNamespaces.currentNumber());
        resources.add(filter);
        return Optional.of(TrafficFilter.attach(filter, chosen.get().index(), direction));
    }

    /** To the packets that arrive at the chosen interface, before anything else sees them. */
    Optional<Link> arrivals(LoadedObject.Program program) {
        return chosen(program)
                .map(chosen -> BpfLink.create(program.program(), chosen.index(), AttachType.XDP.number()));
    }

    private Optional<NetworkInterfaces.Known> chosen(LoadedObject.Program program) {
        if (networkInterface.isEmpty()) {
            log.warn("program \"" + program.spec().name()
                    + "\" is not attached: choose a network interface with --iface, for instance "
                    + NetworkInterfaces.example());
            return Optional.empty();
        }
        return Optional.of(NetworkInterfaces.find(networkInterface));
    }

    /** To the sockets of the map that the gadget names for the program. */
    Link socketMap(LoadedObject object, LoadedObject.Program program) {
        String name = program.spec().name();
        SectionName section = program.spec().section();
        BpfMap map = Optional.ofNullable(socketMaps.get(name))
                .flatMap(object::map)
                .orElseThrow(() -> new BpfException(section.type().title() + " program \"" + name
                        + "\" has no target map; declare GADGET_SK_TARGET_MAP(" + name
                        + ", <map_name>) in the BPF source"));
        AttachType type = section.attachType()
                .orElseThrow(() -> new BpfException("section \"" + section.text()
                        + "\" does not say what it does: for instance sk_skb/stream_verdict"));
        return SocketMapLink.attach(program.program(), map, type);
    }

    @Override
    public void close() {
        Resources.closeAll(resources);
        cgroups.ifPresent(CgroupRoot::close);
        cgroups = Optional.empty();
    }
}
