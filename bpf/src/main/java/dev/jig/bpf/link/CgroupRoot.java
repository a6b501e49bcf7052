// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.PrivateMount;
import dev.jig.bpf.sys.SystemCallException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The root of the version 2 hierarchy of cgroups: programs that are attached there see every process, also those that version 1 controllers rule. */
public final class CgroupRoot implements AutoCloseable {
    private static final int O_RDONLY = 0;
    private static final List<Path> PLACES = List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"));

    private final FileDescriptor directory;

    private CgroupRoot(FileDescriptor directory) {
        this.directory = directory;
    }

    /**
     * Finds it where it is usually mounted, else mounts it privately.
     *
     * @throws BpfException when it is not mounted and cannot be
     */
    public static CgroupRoot open() {
        for (Path place : PLACES) {
            // A file that only directories of version 2 have.
            if (Files.exists(place.resolve("cgroup.controllers"))) {
                return new CgroupRoot(FileDescriptor.open(place.toString(), O_RDONLY));
            }
        }
        try {
            return new CgroupRoot(PrivateMount.of("cgroup2"));
        } catch (SystemCallException refused) {
            throw new BpfException(
                    "cgroups of version 2 are not mounted and a private mount failed (" + refused.getMessage()
                            + "); as root: mount -t cgroup2 none /sys/fs/cgroup/unified",
                    refused);
        }
    }

    /**
     * Attaches a program beside those that are there already (Linux 5.7).
     *
     * @param type what the program was loaded for
     * @throws SystemCallException when the kernel refuses
     */
    public BpfLink attach(BpfProgram program, AttachType type) {
        return BpfLink.create(program, directory.number(), type.number());
    }

    @Override
    public void close() {
        directory.close();
    }
}
