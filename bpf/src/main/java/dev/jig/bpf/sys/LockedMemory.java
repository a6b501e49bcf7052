// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the kernel itself says an object behind a descriptor takes ({@code memlock} of {@code /proc/self/fdinfo}). */
public final class LockedMemory {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fdinfo");
    private static final String KEY = "memlock:";

    private LockedMemory() {}

    /** Bytes of a map or program; nothing where the kernel does not tell. */
    public static OptionalLong of(FileDescriptor descriptor) {
        try {
            return parse(Files.readString(DESCRIPTORS.resolve(String.valueOf(descriptor.number()))));
        } catch (IOException hidden) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong parse(String information) {
        for (String line : information.lines().toList()) {
            if (line.startsWith(KEY)) {
                return number(line.substring(KEY.length()).strip());
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }
}
