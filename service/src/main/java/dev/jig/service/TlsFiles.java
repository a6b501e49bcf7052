// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * The files of mutual TLS, in PEM form.
 *
 * @param key private key of this side, PKCS #8
 * @param certificate of this side
 * @param authority that vouches for the other side
 */
public record TlsFiles(Path key, Path certificate, Path authority) {
    /**
     * The files, if they are given: all or none.
     *
     * @param authorityFlag name of the flag for the third one
     * @throws ServiceException when some are missing
     */
    public static Optional<TlsFiles> of(String key, String certificate, String authority, String authorityFlag) {
        boolean none = key.isEmpty() && certificate.isEmpty() && authority.isEmpty();
        if (none) {
            return Optional.empty();
        }
        if (key.isEmpty() || certificate.isEmpty() || authority.isEmpty()) {
            throw new ServiceException("missing at least one the TLS related options:\n\t* tls-key-file: \"" + key
                    + "\"\n\t* tls-cert-file: \"" + certificate + "\"\n\t* " + authorityFlag + ": \"" + authority
                    + "\"\nAll these options should be set at the same time to enable TLS connection");
        }
        return Optional.of(new TlsFiles(Path.of(key), Path.of(certificate), Path.of(authority)));
    }

    SslContext forServer() {
        return build(() ->
                SslContextBuilder.forServer(certificate.toFile(), key.toFile()).clientAuth(ClientAuth.REQUIRE));
    }

    SslContext forClient() {
        return build(() -> SslContextBuilder.forClient().keyManager(certificate.toFile(), key.toFile()));
    }

    private SslContext build(Supplier<SslContextBuilder> builder) {
        try {
            return GrpcSslContexts.configure(builder.get(), SslProvider.JDK)
                    .trustManager(authority.toFile())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException wrong) {
            throw new ServiceException("setting up TLS with " + this + ": " + Failures.text(wrong), wrong);
        }
    }

    @Override
    public String toString() {
        return key + ", " + certificate + ", " + authority;
    }
}
