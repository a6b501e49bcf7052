// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import java.util.Locale;

/** Program types, in the order of their numbers (kernel: {@code enum bpf_prog_type}). */
@SuppressWarnings("EnumOrdinal") // the order of the constants is that of the numbers, by definition
public enum ProgramType {
    UNSPECIFIED,
    SOCKET_FILTER,
    KPROBE,
    SCHED_CLS,
    SCHED_ACT,
    TRACEPOINT,
    XDP,
    PERF_EVENT,
    CGROUP_SKB,
    CGROUP_SOCK,
    LWT_IN,
    LWT_OUT,
    LWT_XMIT,
    SOCK_OPS,
    SK_SKB,
    CGROUP_DEVICE,
    SK_MSG,
    RAW_TRACEPOINT,
    CGROUP_SOCK_ADDR,
    LWT_SEG6LOCAL,
    LIRC_MODE2,
    SK_REUSEPORT,
    FLOW_DISSECTOR,
    CGROUP_SYSCTL,
    RAW_TRACEPOINT_WRITABLE,
    CGROUP_SOCKOPT,
    TRACING,
    STRUCT_OPS,
    EXTENSION,
    LSM,
    SK_LOOKUP,
    SYSCALL,
    NETFILTER;

    /** The name that messages use, for instance {@code CGroupSKB}. */
    public String title() {
        if (this == UNSPECIFIED) {
            return "UnspecifiedProgram";
        }
        StringBuilder title = new StringBuilder();
        for (String word : name().split("_", -1)) {
            title.append(
                    switch (word) {
                        case "CGROUP" -> "CGroup";
                        case "SKB", "XDP", "LSM" -> word;
                        default -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
                    });
        }
        return title.toString();
    }

    /** The number the kernel knows it by. */
    public int number() {
        return ordinal();
    }
}
