// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Opens sockets in the file system. */
final class UnixSocket {
    private static final Path USUAL_FOLDER = Path.of("/var/run/ig");
    private static final int FOLDER_MODE = 0710;
    private static final int BACKLOG = 1024;

    private UnixSocket() {}

    /**
     * Listens on a path. The socket appears there with its owner and permissions set already, in place of one that nobody listens on.
     *
     * @throws ServiceException when a daemon listens there, or the path cannot be used
     */
    static ServerSocketChannel listen(Path path, SocketRights rights) {
        if (isServed(path)) {
            throw new ServiceException("another daemon listens on unix://" + path);
        }
        Path fresh = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid());
        try {
            prepareFolder(path, rights);
            Files.deleteIfExists(fresh);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            boolean done = false;
            try {
                channel.bind(UnixDomainSocketAddress.of(fresh), BACKLOG);
                rights.apply(fresh, rights.mode());
                Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                done = true;
                return channel;
            } finally {
                if (!done) {
                    channel.close();
                    Files.deleteIfExists(fresh);
                }
            }
        } catch (IOException failed) {
            throw new ServiceException("listening on unix://" + path + ": " + Failures.text(failed), failed);
        }
    }

    private static void prepareFolder(Path path, SocketRights rights) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        boolean made = !Files.exists(folder);
        Files.createDirectories(folder);
        if (made || folder.equals(USUAL_FOLDER)) {
            rights.apply(folder, FOLDER_MODE);
        }
    }

    /**
     * Keeps the file of a socket that is somebody else's, though the library removes it when it closes the socket.
     *
     * @param close closes the socket
     */
    static void keepFile(Path path, Runnable close) {
        Path second = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid());
        boolean linked = false;
        try {
            Files.createLink(second, path);
            linked = true;
        } catch (IOException | UnsupportedOperationException impossible) {
            // Then whoever opened the socket has to open it anew.
            linked = false;
        }
        close.run();
        if (linked) {
            try {
                Files.move(second, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                // Where both names still lead to one file, moving does nothing.
                Files.deleteIfExists(second);
            } catch (IOException gone) {
                return;
            }
        }
    }

    /** Whether somebody answers at a path. */
    static boolean isServed(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }
}
