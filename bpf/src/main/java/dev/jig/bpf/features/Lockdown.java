// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How far the kernel is locked down against its own administrator ({@code kernel_lockdown.7}). */
public enum Lockdown {
    NONE,
    /** Nothing may change the kernel: no probes of kernel functions. */
    INTEGRITY,
    /** Nothing may read the kernel's memory either: no {@code bpf_probe_read_kernel}, no tracing programs. */
    CONFIDENTIALITY,
    /** The kernel does not say: securityfs is not mounted, or there is no such thing. */
    UNKNOWN;

    private static final Path FILE = Path.of("/sys/kernel/security/lockdown");

    /** The running kernel's mode. */
    public static Lockdown running() {
        try {
            return parse(Files.readString(FILE));
        } catch (IOException absent) {
            return UNKNOWN;
        }
    }

    /** Reads all modes with the current one in brackets: {@code none [integrity] confidentiality}. */
    static Lockdown parse(String modes) {
        if (modes.contains("[none]")) {
            return NONE;
        }
        if (modes.contains("[integrity]")) {
            return INTEGRITY;
        }
        return modes.contains("[confidentiality]") ? CONFIDENTIALITY : UNKNOWN;
    }
}
