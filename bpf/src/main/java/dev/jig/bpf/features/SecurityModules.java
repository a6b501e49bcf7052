// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.PrivateMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The Linux security modules that are active, {@code /sys/kernel/security/lsm}. Without {@code bpf} among them programs for hooks load and attach, but never
 * run.
 */
public final class SecurityModules {
    private static final Path LIST = Path.of("/sys/kernel/security/lsm");

    private SecurityModules() {}

    /** Their names; nothing where the kernel does not tell. The file system is mounted privately if it is not mounted. */
    public static Optional<List<String>> active() {
        Optional<List<String>> mounted = read(LIST);
        if (mounted.isPresent()) {
            return mounted;
        }
        try (FileDescriptor mount = PrivateMount.of("securityfs")) {
            return read(Path.of("/proc/self/fd/" + mount.number() + "/lsm"));
        } catch (BpfException refused) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> read(Path file) {
        try {
            return Optional.of(List.of(Files.readString(file).strip().split(",", -1)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
