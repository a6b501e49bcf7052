// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;

/** Mounts file systems where no other process sees them ({@code fsopen(2)}, {@code fsmount(2)}; Linux 5.2). */
public final class PrivateMount {
    private static final int FSOPEN_CLOEXEC = 1;
    private static final int FSCONFIG_CMD_CREATE = 6;
    private static final int FSMOUNT_CLOEXEC = 1;

    private PrivateMount() {}

    /**
     * A mount without a place in the file system.
     *
     * @param type for instance {@code tracefs}
     * @return its root; the mount goes with this descriptor, which the caller owns
     * @throws SystemCallException when the kernel refuses
     */
    public static FileDescriptor of(String type) {
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(type).address();
            long context = Kernel.check(Kernel.call(SystemCall.FSOPEN, name, FSOPEN_CLOEXEC, 0), "fsopen " + type);
            try (FileDescriptor configuration = FileDescriptor.own(context, type + " configuration")) {
                int number = configuration.number();
                Kernel.check(
                        Kernel.call(SystemCall.FSCONFIG, number, FSCONFIG_CMD_CREATE, 0, 0, 0, 0), "fsconfig " + type);
                long mount = Kernel.call(SystemCall.FSMOUNT, number, FSMOUNT_CLOEXEC, 0);
                return FileDescriptor.own(Kernel.check(mount, "fsmount " + type), "private " + type);
            }
        }
    }
}
