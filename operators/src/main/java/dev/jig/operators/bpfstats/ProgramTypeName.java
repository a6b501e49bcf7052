// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import java.util.List;

/** Names of program types as this field's tools show them, in the order of {@code enum bpf_prog_type}. */
final class ProgramTypeName {
    private static final List<String> NAMES = List.of(
            "UnspecifiedProgram",
            "SocketFilter",
            "Kprobe",
            "SchedCLS",
            "SchedACT",
            "TracePoint",
            "XDP",
            "PerfEvent",
            "CGroupSKB",
            "CGroupSock",
            "LWTIn",
            "LWTOut",
            "LWTXmit",
            "SockOps",
            "SkSKB",
            "CGroupDevice",
            "SkMsg",
            "RawTracepoint",
            "CGroupSockAddr",
            "LWTSeg6Local",
            "LircMode2",
            "SkReuseport",
            "FlowDissector",
            "CGroupSysctl",
            "RawTracepointWritable",
            "CGroupSockopt",
            "Tracing",
            "StructOps",
            "Extension",
            "LSM",
            "SkLookup",
            "Syscall",
            "Netfilter");

    private ProgramTypeName() {}

    static String of(int type) {
        return type >= 0 && type < NAMES.size() ? NAMES.get(type) : "ProgramType(" + type + ")";
    }
}
