// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Objects compiled beforehand, so that tests run without a compiler; their source is in {@code src/test/bpf/fixture}. */
public final class Fixtures {
    private Fixtures() {}

    /** One of everything, little-endian. */
    public static byte[] everything() {
        return read("everything.bpf.o");
    }

    /** One of everything, big-endian. */
    public static byte[] everythingBigEndian() {
        return read("everything.bpfeb.o");
    }

    /** A gadget that the builder of the documented system made, stripped as published images are. */
    public static byte[] published() {
        return read("inspect_corner.bpf.o");
    }

    private static byte[] read(String name) {
        try (InputStream stream = Fixtures.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new AssertionError("no test resource " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
