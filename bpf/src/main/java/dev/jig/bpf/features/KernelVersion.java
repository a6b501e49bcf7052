// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import dev.jig.bpf.sys.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A kernel's version.
 *
 * @param major for instance 6
 * @param minor for instance 18
 * @param patch for instance 44
 */
public record KernelVersion(int major, int minor, int patch) {
    private static final int LARGEST_CODED_PATCH = 255;

    /** The running kernel's version, 0.0.0 where {@code /proc} does not tell. */
    public static KernelVersion running() {
        try {
            return parse(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        } catch (IOException unreadable) {
            return new KernelVersion(0, 0, 0);
        }
    }

    /** Reads the numbers at the start of a release such as {@code 6.1.0-40-amd64}; missing ones are 0. */
    public static KernelVersion parse(String release) {
        int[] numbers = new int[3];
        int part = 0;
        for (int i = 0; i < release.length() && part < numbers.length; i++) {
            char c = release.charAt(i);
            if (c >= '0' && c <= '9') {
                numbers[part] = Math.min(numbers[part] * 10 + c - '0', 100_000);
            } else if (c == '.') {
                part++;
            } else {
                break;
            }
        }
        return new KernelVersion(numbers[0], numbers[1], numbers[2]);
    }

    /** {@code LINUX_VERSION_CODE}: the patch level is cut at 255, as in {@code KERNEL_VERSION()} of Linux 4.14 and later. */
    public int code() {
        return major << 16 | minor << 8 | Math.min(patch, LARGEST_CODED_PATCH);
    }

    /** Whether this version is the given one or later. */
    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || major == otherMajor && minor >= otherMinor;
    }

    /** Whether system calls have wrappers that take the saved registers: x86-64 from 4.17, arm64 from 4.19 on. */
    public boolean hasSystemCallWrappers() {
        return switch (Architecture.current()) {
            case X86_64 -> isAtLeast(4, 17);
            case ARM64 -> isAtLeast(4, 19);
        };
    }
}
