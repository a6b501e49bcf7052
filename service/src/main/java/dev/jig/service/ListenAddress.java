// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where a daemon is reached. */
public sealed interface ListenAddress {
    /** The usual socket of a machine. */
    String USUAL = "unix:///var/run/ig/ig.socket";

    /** A socket in the file system. */
    record Unix(Path path) implements ListenAddress {
        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /** A port of a machine. */
    record Tcp(String host, int port) implements ListenAddress {
        /** The name is looked up now. */
        public InetSocketAddress toSocketAddress() {
            return new InetSocketAddress(host, port);
        }

        @Override
        public String toString() {
            return "tcp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Reads {@code unix:///path} or {@code tcp://host:port}.
     *
     * @throws ServiceException when the text is neither
     */
    static ListenAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            throw new ServiceException("invalid address \"" + text + "\": " + malformed.getReason(), malformed);
        }
        String scheme = uri.getScheme();
        if (scheme == null) {
            throw new ServiceException("invalid address \"" + text + "\": it must begin with unix:// or tcp://");
        }
        return switch (scheme) {
            case "unix" -> unix(text, uri);
            case "tcp" -> tcp(text, uri);
            default ->
                throw new ServiceException("invalid type \"" + scheme + "\" for socket; please use 'unix' or 'tcp'");
        };
    }

    private static Unix unix(String text, URI uri) {
        String path = uri.getPath();
        if (path == null || path.isEmpty() || path.equals("/")) {
            throw new ServiceException("invalid address \"" + text + "\": a path is missing");
        }
        return new Unix(Path.of(path));
    }

    private static Tcp tcp(String text, URI uri) {
        String host = uri.getHost();
        if (host == null || host.isEmpty() || uri.getPort() < 0 || uri.getPort() > 65535) {
            throw new ServiceException("invalid address \"" + text + "\": a host and a port are needed");
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new Tcp(bracketed ? host.substring(1, host.length() - 1) : host, uri.getPort());
    }
}
