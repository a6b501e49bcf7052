// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Messages that stay the bytes they are. */
final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
        return new Bytes(message);
    }

    @Override
    public byte[] parse(InputStream message) {
        try {
            if (message instanceof KnownLength) {
                byte[] bytes = new byte[message.available()];
                if (message.readNBytes(bytes, 0, bytes.length) == bytes.length) {
                    return bytes;
                }
            }
            return message.readAllBytes();
        } catch (IOException broken) {
            throw Status.INTERNAL
                    .withDescription("reading a message")
                    .withCause(broken)
                    .asRuntimeException();
        }
    }

    /** Tells gRPC the length, so that it need not read the bytes to find it out. */
    private static final class Bytes extends ByteArrayInputStream implements KnownLength {
        Bytes(byte[] bytes) {
            super(bytes);
        }
    }
}
