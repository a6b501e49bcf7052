// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recorded outputs about an object with corner cases, and the object. */
public final class Corner {
    private Corner() {}

    /** A recorded file as text. */
    public static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** A recorded file. */
    public static byte[] bytes(String name) {
        try (InputStream in = Corner.class.getResourceAsStream("/corner/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no resource corner/" + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A copy of a recorded file in a folder. */
    public static Path copy(String name, Path folder) {
        try {
            return Files.write(folder.resolve(name), bytes(name));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
