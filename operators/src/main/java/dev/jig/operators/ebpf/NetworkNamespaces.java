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
import java.util.LinkedHashMap;
import java.util.Map;

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
        Map<Path, Path> others = find();
        try (FileDescriptor own = FileDescriptor.open(OWN.toString(), Namespaces.O_RDONLY)) {
            try {
                others.remove(name(OWN));
                action.run();
                for (Path other : others.values()) {
                    visit(other, action);
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
        String name = name(OWN).getFileName().toString();
        int start = name.indexOf('[') + 1;
        int end = name.indexOf(']');
        if (start <= 0 || end < start) {
            throw new BpfException("the number of the network namespace cannot be read: " + OWN + " is " + name);
        }
        return (int) Long.parseLong(name.substring(start, end));
    }

    private void visit(Path other, Runnable action) {
        try (FileDescriptor namespace = FileDescriptor.open(other.toString(), Namespaces.O_RDONLY)) {
            Namespaces.enterNetwork(namespace);
        } catch (BpfException vanished) {
            log.debug("network namespace " + other + " is not visited: " + vanished.getMessage());
            return;
        }
        action.run();
    }

    /** One process of each namespace, by the namespace's name; processes whose namespaces may not be read are passed over. */
    private static Map<Path, Path> find() {
        Map<Path, Path> found = new LinkedHashMap<>();
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
