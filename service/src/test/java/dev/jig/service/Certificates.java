// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A key and a certificate that vouches for itself.
 *
 * @param key file in PEM form
 * @param certificate file in PEM form
 */
record Certificates(Path key, Path certificate) {
    private static final String PASSWORD = "secret";

    static Certificates make(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        tool.toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Key key = requireNonNull(keys.getKey("it", PASSWORD.toCharArray()), "key");
        Path keyFile = write(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
        Path certificateFile = write(
                folder.resolve(name + ".crt"),
                "CERTIFICATE",
                keys.getCertificate("it").getEncoded());
        return new Certificates(keyFile, certificateFile);
    }

    private static Path write(Path file, String kind, byte[] content) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    /** The files of this side, where the other side is known by its certificate. */
    TlsFiles trusting(Certificates other) {
        return new TlsFiles(key, certificate, other.certificate);
    }
}
