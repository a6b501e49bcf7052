// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

/** Moves threads between namespaces ({@code setns(2)}). */
public final class Namespaces {
    /** How files of namespaces are opened. */
    public static final int O_RDONLY = 0;

    private static final int CLONE_NEWNET = 0x40000000;

    private Namespaces() {}

    /**
     * Moves the calling thread, and only it, into a network namespace. A virtual thread must not call this.
     *
     * @param namespace an open {@code /proc/…/ns/net}
     * @throws SystemCallException when the kernel refuses
     */
    public static void enterNetwork(FileDescriptor namespace) {
        Kernel.check(Kernel.call(SystemCall.SETNS, namespace.number(), CLONE_NEWNET, 0), "setns " + namespace);
    }
}
