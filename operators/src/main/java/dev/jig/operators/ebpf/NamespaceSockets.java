// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.link.Dispatcher;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.link.PacketSocket;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.gadget.Log;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * A program at the packets of each network namespace that a process lives in, also of those that appear later. A socket would keep a namespace, with its interfaces,
 * from going away: it is closed when no process is left there.
 */
final class NamespaceSockets implements Link {
    private final Dispatcher dispatcher;
    private final NetworkNamespaces namespaces;
    private final Log log;
    private final Map<Path, Link> attached = new HashMap<>();
    private boolean closed;

    /**
     * Attaches to what is there now.
     *
     * @throws BpfException when the kernel refuses
     */
    NamespaceSockets(BpfProgram program, NetworkNamespaces namespaces, Log log) {
        this.dispatcher = new Dispatcher(program, 0);
        this.namespaces = namespaces;
        this.log = log;
        boolean done = false;
        try {
            namespaces.forEachBut(Set.of(), this::attach);
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Looks which namespaces are new, and which are left by all. */
    synchronized void follow() {
        if (closed) {
            return;
        }
        Set<Path> present = namespaces.forEachBut(attached.keySet(), this::tryAttach);
        Iterator<Map.Entry<Path, Link>> entries = attached.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Path, Link> entry = entries.next();
            if (!present.contains(entry.getKey())) {
                entry.getValue().close();
                entries.remove();
            }
        }
    }

    private void tryAttach(Path namespace) {
        try {
            attach(namespace);
        } catch (BpfException refused) {
            attached.put(namespace, () -> {});
            log.warn("packets of the new network namespace " + namespace + " are not seen: " + refused.getMessage());
        }
    }

    private void attach(Path namespace) {
        BpfProgram filter = dispatcher.forNetwork(NetworkNamespaces.number(namespace));
        try {
            PacketSocket socket = PacketSocket.open(filter);
            attached.put(namespace, () -> {
                socket.close();
                filter.close();
            });
        } catch (BpfException refused) {
            filter.close();
            throw refused;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        attached.values().forEach(Link::close);
        attached.clear();
        dispatcher.close();
    }
}
