// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

/** The section names that libbpf understands, and those that only upstream's loader does ({@code classifier/ingress/…}). */
final class SectionRules {
    private static final SectionRule[] RULES = {
        SectionRule.loose("socket", Hook.SOCKET_FILTER, ProgramType.SOCKET_FILTER),
        SectionRule.exact(
                "sk_reuseport/migrate",
                Hook.SK_REUSEPORT,
                ProgramType.SK_REUSEPORT,
                AttachType.SK_REUSEPORT_SELECT_OR_MIGRATE),
        SectionRule.exact("sk_reuseport", Hook.SK_REUSEPORT, ProgramType.SK_REUSEPORT, AttachType.SK_REUSEPORT_SELECT),
        SectionRule.target("kprobe", Hook.KPROBE, ProgramType.KPROBE),
        SectionRule.target("uprobe", Hook.UPROBE, ProgramType.KPROBE),
        SectionRule.target("kretprobe", Hook.KRETPROBE, ProgramType.KPROBE),
        SectionRule.target("uretprobe", Hook.URETPROBE, ProgramType.KPROBE),
        SectionRule.target("kprobe.multi", Hook.KPROBE_MULTI, ProgramType.KPROBE, AttachType.TRACE_KPROBE_MULTI),
        SectionRule.target("kretprobe.multi", Hook.KRETPROBE_MULTI, ProgramType.KPROBE, AttachType.TRACE_KPROBE_MULTI),
        SectionRule.target("kprobe.session", Hook.KPROBE_SESSION, ProgramType.KPROBE, AttachType.TRACE_KPROBE_SESSION),
        SectionRule.target("uprobe.multi", Hook.UPROBE_MULTI, ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI),
        SectionRule.target("uretprobe.multi", Hook.URETPROBE_MULTI, ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI),
        SectionRule.target("uprobe.session", Hook.UPROBE_SESSION, ProgramType.KPROBE, AttachType.TRACE_UPROBE_SESSION),
        SectionRule.target("ksyscall", Hook.KSYSCALL, ProgramType.KPROBE),
        SectionRule.target("kretsyscall", Hook.KRETSYSCALL, ProgramType.KPROBE),
        SectionRule.target("usdt", Hook.USDT, ProgramType.KPROBE),
        SectionRule.target("uprobe.s", Hook.UPROBE, ProgramType.KPROBE).sleepable(),
        SectionRule.target("uretprobe.s", Hook.URETPROBE, ProgramType.KPROBE).sleepable(),
        SectionRule.target("uprobe.multi.s", Hook.UPROBE_MULTI, ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI)
                .sleepable(),
        SectionRule.target("uretprobe.multi.s", Hook.URETPROBE_MULTI, ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI)
                .sleepable(),
        SectionRule.target("uprobe.session.s", Hook.UPROBE_SESSION, ProgramType.KPROBE, AttachType.TRACE_UPROBE_SESSION)
                .sleepable(),
        SectionRule.target("usdt.s", Hook.USDT, ProgramType.KPROBE).sleepable(),
        SectionRule.target("classifier/ingress", Hook.TC_INGRESS, ProgramType.SCHED_CLS),
        SectionRule.target("classifier/egress", Hook.TC_EGRESS, ProgramType.SCHED_CLS),
        SectionRule.exact("tc/ingress", Hook.TCX_INGRESS, ProgramType.SCHED_CLS, AttachType.TCX_INGRESS),
        SectionRule.exact("tc/egress", Hook.TCX_EGRESS, ProgramType.SCHED_CLS, AttachType.TCX_EGRESS),
        SectionRule.exact("tcx/ingress", Hook.TCX_INGRESS, ProgramType.SCHED_CLS, AttachType.TCX_INGRESS),
        SectionRule.exact("tcx/egress", Hook.TCX_EGRESS, ProgramType.SCHED_CLS, AttachType.TCX_EGRESS),
        SectionRule.target("tc", Hook.TC, ProgramType.SCHED_CLS),
        SectionRule.loose("classifier", Hook.TC, ProgramType.SCHED_CLS),
        SectionRule.target("action", Hook.TC_ACTION, ProgramType.SCHED_ACT),
        SectionRule.exact("netkit/primary", Hook.NETKIT, ProgramType.SCHED_CLS, AttachType.NETKIT_PRIMARY),
        SectionRule.exact("netkit/peer", Hook.NETKIT, ProgramType.SCHED_CLS, AttachType.NETKIT_PEER),
        SectionRule.target("tracepoint", Hook.TRACEPOINT, ProgramType.TRACEPOINT),
        SectionRule.target("tp", Hook.TRACEPOINT, ProgramType.TRACEPOINT),
        SectionRule.target("raw_tracepoint", Hook.RAW_TRACEPOINT, ProgramType.RAW_TRACEPOINT),
        SectionRule.target("raw_tp", Hook.RAW_TRACEPOINT, ProgramType.RAW_TRACEPOINT),
        SectionRule.target("raw_tracepoint.w", Hook.RAW_TRACEPOINT_WRITABLE, ProgramType.RAW_TRACEPOINT_WRITABLE),
        SectionRule.target("raw_tp.w", Hook.RAW_TRACEPOINT_WRITABLE, ProgramType.RAW_TRACEPOINT_WRITABLE),
        SectionRule.target("tp_btf", Hook.TP_BTF, ProgramType.TRACING, AttachType.TRACE_RAW_TP),
        SectionRule.target("fentry", Hook.FENTRY, ProgramType.TRACING, AttachType.TRACE_FENTRY),
        SectionRule.target("fexit", Hook.FEXIT, ProgramType.TRACING, AttachType.TRACE_FEXIT),
        SectionRule.target("fmod_ret", Hook.FMOD_RET, ProgramType.TRACING, AttachType.MODIFY_RETURN),
        SectionRule.target("fsession", Hook.FSESSION, ProgramType.TRACING, AttachType.TRACE_FSESSION),
        SectionRule.target("lsm", Hook.LSM, ProgramType.LSM, AttachType.LSM_MAC),
        SectionRule.target("iter", Hook.ITER, ProgramType.TRACING, AttachType.TRACE_ITER),
        SectionRule.target("struct_ops", Hook.STRUCT_OPS, ProgramType.STRUCT_OPS),
        SectionRule.target("fentry.s", Hook.FENTRY, ProgramType.TRACING, AttachType.TRACE_FENTRY)
                .sleepable(),
        SectionRule.target("fexit.s", Hook.FEXIT, ProgramType.TRACING, AttachType.TRACE_FEXIT)
                .sleepable(),
        SectionRule.target("fmod_ret.s", Hook.FMOD_RET, ProgramType.TRACING, AttachType.MODIFY_RETURN)
                .sleepable(),
        SectionRule.target("fsession.s", Hook.FSESSION, ProgramType.TRACING, AttachType.TRACE_FSESSION)
                .sleepable(),
        SectionRule.target("lsm.s", Hook.LSM, ProgramType.LSM, AttachType.LSM_MAC)
                .sleepable(),
        SectionRule.target("iter.s", Hook.ITER, ProgramType.TRACING, AttachType.TRACE_ITER)
                .sleepable(),
        SectionRule.target("struct_ops.s", Hook.STRUCT_OPS, ProgramType.STRUCT_OPS)
                .sleepable(),
        SectionRule.target("freplace", Hook.FREPLACE, ProgramType.EXTENSION),
        SectionRule.target("lsm_cgroup", Hook.LSM_CGROUP, ProgramType.LSM, AttachType.LSM_CGROUP),
        SectionRule.exact("syscall", Hook.SYSCALL, ProgramType.SYSCALL).sleepable(),
        SectionRule.exact("xdp.frags/devmap", Hook.XDP, ProgramType.XDP, AttachType.XDP_DEVMAP)
                .fragmented(),
        SectionRule.exact("xdp/devmap", Hook.XDP, ProgramType.XDP, AttachType.XDP_DEVMAP),
        SectionRule.exact("xdp.frags/cpumap", Hook.XDP, ProgramType.XDP, AttachType.XDP_CPUMAP)
                .fragmented(),
        SectionRule.exact("xdp/cpumap", Hook.XDP, ProgramType.XDP, AttachType.XDP_CPUMAP),
        SectionRule.loose("xdp.frags", Hook.XDP, ProgramType.XDP, AttachType.XDP)
                .fragmented(),
        SectionRule.loose("xdp", Hook.XDP, ProgramType.XDP, AttachType.XDP),
        SectionRule.target("perf_event", Hook.PERF_EVENT, ProgramType.PERF_EVENT),
        SectionRule.loose("lwt_in", Hook.LWT, ProgramType.LWT_IN),
        SectionRule.loose("lwt_out", Hook.LWT, ProgramType.LWT_OUT),
        SectionRule.loose("lwt_xmit", Hook.LWT, ProgramType.LWT_XMIT),
        SectionRule.loose("lwt_seg6local", Hook.LWT, ProgramType.LWT_SEG6LOCAL),
        SectionRule.loose("sockops", Hook.SOCK_OPS, ProgramType.SOCK_OPS, AttachType.CGROUP_SOCK_OPS),
        SectionRule.loose("sk_skb/stream_parser", Hook.SK_SKB, ProgramType.SK_SKB, AttachType.SK_SKB_STREAM_PARSER),
        SectionRule.loose("sk_skb/stream_verdict", Hook.SK_SKB, ProgramType.SK_SKB, AttachType.SK_SKB_STREAM_VERDICT),
        SectionRule.loose("sk_skb/verdict", Hook.SK_SKB, ProgramType.SK_SKB, AttachType.SK_SKB_VERDICT),
        SectionRule.loose("sk_skb", Hook.SK_SKB, ProgramType.SK_SKB),
        SectionRule.loose("sk_msg", Hook.SK_MSG, ProgramType.SK_MSG, AttachType.SK_MSG_VERDICT),
        SectionRule.loose("lirc_mode2", Hook.LIRC_MODE2, ProgramType.LIRC_MODE2, AttachType.LIRC_MODE2),
        SectionRule.loose("flow_dissector", Hook.FLOW_DISSECTOR, ProgramType.FLOW_DISSECTOR, AttachType.FLOW_DISSECTOR),
        SectionRule.loose("cgroup_skb/ingress", Hook.CGROUP, ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_INGRESS),
        SectionRule.loose("cgroup_skb/egress", Hook.CGROUP, ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_EGRESS),
        SectionRule.loose("cgroup/skb", Hook.CGROUP, ProgramType.CGROUP_SKB),
        SectionRule.exact(
                "cgroup/sock_create", Hook.CGROUP, ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE),
        SectionRule.exact(
                "cgroup/sock_release", Hook.CGROUP, ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_RELEASE),
        SectionRule.exact("cgroup/sock", Hook.CGROUP, ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE),
        SectionRule.exact("cgroup/post_bind4", Hook.CGROUP, ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET4_POST_BIND),
        SectionRule.exact("cgroup/post_bind6", Hook.CGROUP, ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET6_POST_BIND),
        SectionRule.exact("cgroup/sysctl", Hook.CGROUP, ProgramType.CGROUP_SYSCTL, AttachType.CGROUP_SYSCTL),
        SectionRule.exact("cgroup/getsockopt", Hook.CGROUP, ProgramType.CGROUP_SOCKOPT, AttachType.CGROUP_GETSOCKOPT),
        SectionRule.exact("cgroup/setsockopt", Hook.CGROUP, ProgramType.CGROUP_SOCKOPT, AttachType.CGROUP_SETSOCKOPT),
        SectionRule.exact("cgroup/dev", Hook.CGROUP, ProgramType.CGROUP_DEVICE, AttachType.CGROUP_DEVICE),
        SectionRule.exact("cgroup/bind4", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_BIND),
        SectionRule.exact(
                "cgroup/connect4", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_CONNECT),
        SectionRule.exact("cgroup/sendmsg4", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP4_SENDMSG),
        SectionRule.exact("cgroup/recvmsg4", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP4_RECVMSG),
        SectionRule.exact(
                "cgroup/getpeername4", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_GETPEERNAME),
        SectionRule.exact(
                "cgroup/getsockname4", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_GETSOCKNAME),
        SectionRule.exact("cgroup/bind6", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_BIND),
        SectionRule.exact(
                "cgroup/connect6", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_CONNECT),
        SectionRule.exact("cgroup/sendmsg6", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_SENDMSG),
        SectionRule.exact("cgroup/recvmsg6", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_RECVMSG),
        SectionRule.exact(
                "cgroup/getpeername6", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_GETPEERNAME),
        SectionRule.exact(
                "cgroup/getsockname6", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_GETSOCKNAME),
        SectionRule.exact(
                "cgroup/connect_unix", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_CONNECT),
        SectionRule.exact(
                "cgroup/sendmsg_unix", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_SENDMSG),
        SectionRule.exact(
                "cgroup/recvmsg_unix", Hook.CGROUP, ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_RECVMSG),
        SectionRule.exact(
                "cgroup/getpeername_unix",
                Hook.CGROUP,
                ProgramType.CGROUP_SOCK_ADDR,
                AttachType.CGROUP_UNIX_GETPEERNAME),
        SectionRule.exact(
                "cgroup/getsockname_unix",
                Hook.CGROUP,
                ProgramType.CGROUP_SOCK_ADDR,
                AttachType.CGROUP_UNIX_GETSOCKNAME),
        SectionRule.loose("sk_lookup", Hook.SK_LOOKUP, ProgramType.SK_LOOKUP, AttachType.SK_LOOKUP),
        SectionRule.exact("netfilter", Hook.NETFILTER, ProgramType.NETFILTER, AttachType.NETFILTER),
    };

    private SectionRules() {}

    /** The rule with the longest prefix that fits, or one that knows no type. */
    static SectionRule forName(String name) {
        SectionRule best = SectionRule.UNKNOWN;
        for (SectionRule rule : RULES) {
            if (rule.prefix().length() > best.prefix().length() && rule.fits(name)) {
                best = rule;
            }
        }
        return best;
    }
}
