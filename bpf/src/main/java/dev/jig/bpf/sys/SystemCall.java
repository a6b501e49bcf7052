// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

/**
 * A system call by its name, with its number on each architecture that Jig runs on.
 *
 * <p>Numbers: {@code arch/x86/entry/syscalls/syscall_64.tbl} and {@code include/uapi/asm-generic/unistd.h}.
 */
public enum SystemCall {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    MMAP(9, 222),
    MUNMAP(11, 215),
    RT_SIGACTION(13, 134),
    IOCTL(16, 29),
    GETPID(39, 172),
    SOCKET(41, 198),
    SENDTO(44, 206),
    BIND(49, 200),
    SETSOCKOPT(54, 208),
    UMOUNT2(166, 39),
    MOUNT(165, 40),
    OPENAT(257, 56),
    PPOLL(271, 73),
    UNSHARE(272, 97),
    EPOLL_PWAIT(281, 22),
    CLOCK_GETTIME(228, 113),
    EVENTFD2(290, 19),
    DUP3(292, 24),
    EPOLL_CREATE1(291, 20),
    EPOLL_CTL(233, 21),
    PERF_EVENT_OPEN(298, 241),
    PRLIMIT64(302, 261),
    SETNS(308, 268),
    BPF(321, 280),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    OPENAT2(437, 437);

    private final int x86;
    private final int arm64;

    SystemCall(int x86, int arm64) {
        this.x86 = x86;
        this.arm64 = arm64;
    }

    /** The number of this call on the given architecture. */
    public int number(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> x86;
            case ARM64 -> arm64;
        };
    }
}
