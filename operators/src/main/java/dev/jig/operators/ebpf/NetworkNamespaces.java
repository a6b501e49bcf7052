// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Namespaces;
import dev.jig.gadget.Log;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The network namespaces that processes of this machine live in. */
final class NetworkNamespaces {
    private static final Path PROC = Path.of("/proc");
    private static final Path OWN = Path.of("/proc/thread-self/ns/net");

    private final Log log;

    NetworkNamespaces(Log log) {
        this.log = log;
    }

    /** Does something in each of them, on this thread, which is back in its own one afterwards. */
    void forEach(Runnable action) {
        forEachBut(Set.of(), name -> action.run());
    }

    /**
     * Does something in each that is not known yet, on this thread, which is back in its own one afterwards.
     *
     * @param known names, which are not visited
     * @param action gets the name, {@code net:[number]}
     * @return the names of all that there are, the own one first
     */
    Set<Path> forEachBut(Set<Path> known, Consumer<Path> action) {
        Map<Path, Path> all = find();
        List<Map.Entry<Path, Path>> unknown = new ArrayList<>();
        for (Map.Entry<Path, Path> namespace : all.entrySet()) {
            if (!known.contains(namespace.getKey())) {
                unknown.add(namespace);
            }
        }
        if (!unknown.isEmpty()) {
            visitAll(unknown, action);
        }
        return all.keySet();
    }

    private void visitAll(List<Map.Entry<Path, Path>> namespaces, Consumer<Path> action) {
        try (FileDescriptor own = FileDescriptor.open(OWN.toString(), Namespaces.O_RDONLY)) {
            try {
                for (Map.Entry<Path, Path> namespace : namespaces) {
                    if (namespace.getValue().equals(OWN) || enter(namespace.getValue())) {
                        action.accept(namespace.getKey());
                    }
                }
            } finally {
                Namespaces.enterNetwork(own);
            }
        }
    }

    /**
     * The lower half of the number of the calling thread's namespace.
     *
     * @throws BpfException when the kernel does not tell
     */
    static int currentNumber() {
        return number(name(OWN));
    }

    /**
     * The lower half of the number of a namespace.
     *
     * @param namespace its name, {@code net:[number]}
     * @throws BpfException when that is no such name
     */
    static int number(Path namespace) {
        String name = namespace.getFileName().toString();
        int start = name.indexOf('[') + 1;
        int end = name.indexOf(']');
        if (start <= 0 || end < start) {
            throw new BpfException("the number of the network namespace cannot be read: it is called " + namespace);
        }
        return (int) Long.parseLong(name.substring(start, end));
    }

    /** Whether it was still there. */
    private boolean enter(Path other) {
        try (FileDescriptor namespace = FileDescriptor.open(other.toString(), Namespaces.O_RDONLY)) {
            Namespaces.enterNetwork(namespace);
            return true;
        } catch (BpfException vanished) {
            log.debug("network namespace " + other + " is not visited: " + vanished.getMessage());
            return false;
        }
    }

    /** One process of each namespace, by the namespace's name, the own one first; processes whose namespaces may not be read are passed over. */
    private static Map<Path, Path> find() {
        Map<Path, Path> found = new LinkedHashMap<>();
        found.put(name(OWN), OWN);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                Path link = process.resolve("ns/net");
                Path name = name(link);
                if (!name.equals(link)) {
                    found.putIfAbsent(name, link);
                }
            }
        } catch (IOException unreadable) {
            throw new BpfException("listing " + PROC + " failed: " + unreadable.getMessage(), unreadable);
        }
        return found;
    }

    /** What a link of namespaces says, {@code net:[number]}; the link itself if it may not be read. */
    private static Path name(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException goneOrForbidden) {
            return link;
        }
    }
}
