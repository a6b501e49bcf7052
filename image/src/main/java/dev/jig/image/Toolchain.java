// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * The tools that compile gadgets.
 *
 * @param clang able to compile for BPF, version 18 or later
 * @param strip llvm-strip of the same version
 * @param headers folder that holds {@code gadget/*.h} and {@code gadget/<architecture>/vmlinux.h}
 */
public record Toolchain(Path clang, Path strip, Path headers) {
    private static final int OLDEST = 18;
    private static final int NEWEST = 30;

    /**
     * Finds the tools on this machine.
     *
     * @param headers where the gadget headers are
     * @throws ImageException with what to install
     */
    public static Toolchain find(Path headers) {
        Map<String, String> environment = System.getenv();
        for (int version = NEWEST; version >= OLDEST; version--) {
            Optional<Path> clang = onPath("clang-" + version, environment);
            Optional<Path> strip = onPath("llvm-strip-" + version, environment);
            if (clang.isPresent() && strip.isPresent()) {
                return new Toolchain(clang.get(), strip.get(), headers);
            }
        }
        throw new ImageException("no clang of version " + OLDEST
                + " or later with its llvm-strip was found; install for instance the packages clang-19 and llvm-19");
    }

    private static Optional<Path> onPath(String name, Map<String, String> environment) {
        StringTokenizer folders = new StringTokenizer(environment.getOrDefault("PATH", "/usr/bin:/bin"), ":");
        while (folders.hasMoreTokens()) {
            Path file = Path.of(folders.nextToken()).resolve(name);
            if (Files.isExecutable(file)) {
                return Optional.of(file.toAbsolutePath());
            }
        }
        return Optional.empty();
    }
}
