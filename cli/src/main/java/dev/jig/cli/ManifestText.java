// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the texts of manifests, of limited size, from where users say. */
final class ManifestText {
    /** Bytes. */
    private static final int LARGEST = 4 << 20;

    private static final int TIMEOUT_MILLISECONDS = 10_000;

    private ManifestText() {}

    /**
     * Reads a text.
     *
     * @param file a path, a URL that begins with {@code http://} or {@code https://}, or {@code -} for standard input
     * @throws CliException when it cannot be read or is too large
     */
    static String read(String file) {
        return file.startsWith("http://") || file.startsWith("https://") ? download(file) : readLocal(file);
    }

    private static String readLocal(String file) {
        if (file.equals("-")) {
            try {
                return limited(System.in, "reading", file);
            } catch (IOException unreadable) {
                throw new CliException("reading gadget runtime manifest file " + file + ": " + unreadable.getMessage());
            }
        }
        try (InputStream stream = Files.newInputStream(Path.of(file))) {
            return limited(stream, "reading", file);
        } catch (IOException unreadable) {
            throw new CliException(
                    "opening gadget runtime manifest file " + FileValue.cause(Path.of(file), unreadable));
        }
    }

    private static String download(String address) {
        String what = "downloading gadget runtime manifest file " + address + ": ";
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLISECONDS);
            connection.setReadTimeout(TIMEOUT_MILLISECONDS);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new CliException(what + "unexpected status code: " + status);
            }
            try (InputStream stream = connection.getInputStream()) {
                return limited(stream, "downloading", address);
            }
        } catch (IOException | IllegalArgumentException failed) {
            throw new CliException(what + failed.getMessage());
        }
    }

    private static String limited(InputStream stream, String verb, String file) throws IOException {
        byte[] bytes = stream.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new CliException(
                    verb + " gadget runtime manifest file " + file + ": it is larger than " + LARGEST + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
