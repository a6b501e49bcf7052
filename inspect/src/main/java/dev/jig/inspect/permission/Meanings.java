// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.permission;

import dev.jig.bpf.object.ProgramType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What helpers, kernel functions and program types mean for a system, in words. */
final class Meanings {
    /** Beginnings of the names of kernel functions that only look, or keep books about what programs hold themselves. */
    private static final List<String> HARMLESS_FUNCTIONS = List.of(
            "bpf_iter_",
            "bpf_rcu_read_",
            "bpf_task_acquire",
            "bpf_task_release",
            "bpf_task_from_",
            "bpf_task_get_cgroup",
            "bpf_task_under_cgroup",
            "bpf_cgroup_acquire",
            "bpf_cgroup_release",
            "bpf_cgroup_ancestor",
            "bpf_cgroup_from_id",
            "bpf_cpumask_",
            "bpf_dynptr_",
            "bpf_rdonly_cast",
            "bpf_cast_to_kern_ctx",
            "bpf_get_task_exe_file",
            "bpf_put_file",
            "bpf_path_d_path",
            "bpf_get_file_xattr",
            "bpf_get_dentry_xattr",
            "bpf_get_fsverity_digest",
            "bpf_obj_new",
            "bpf_obj_drop",
            "bpf_refcount_acquire",
            "bpf_list_",
            "bpf_rbtree_",
            "bpf_percpu_obj_",
            "bpf_wq_",
            "bpf_preempt_",
            "bpf_local_irq_",
            "bpf_session_",
            "bpf_map_sum_elem_count",
            "bpf_str",
            "bpf_copy_from_user",
            "bpf_probe_read_",
            "bpf_get_kmem_cache",
            "bpf_sock_addr_",
            "cgroup_rstat_",
            "bpf_cgroup_flush_stats",
            "bpf_throw");

    private static final Set<ProgramType> OBSERVING = Set.of(
            ProgramType.KPROBE,
            ProgramType.TRACEPOINT,
            ProgramType.RAW_TRACEPOINT,
            ProgramType.PERF_EVENT,
            ProgramType.SYSCALL);

    private final Map<String, String> acting = new HashMap<>();
    private final Map<String, String> looking = new HashMap<>();

    Meanings() {
        addActing();
        addPackets();
        addLooking();
    }

    private void acting(String meaning, String... helpers) {
        for (String helper : helpers) {
            acting.put("bpf_" + helper, meaning);
        }
    }

    private void looking(String meaning, String... helpers) {
        for (String helper : helpers) {
            looking.put("bpf_" + helper, meaning);
        }
    }

    private void addActing() {
        acting("can write memory of processes", "probe_write_user");
        acting("can override return values of kernel functions", "override_return");
        acting("can send signals to processes", "send_signal", "send_signal_thread");
        acting("can change what a hook returns", "set_retval");
        acting("can call bpf(2), which loads programs and changes maps", "sys_bpf");
        acting("can close file descriptors", "sys_close");
        acting("can change how programs are executed", "bprm_opts_set");
        acting("can change kernel settings (sysctl)", "sysctl_set_new_value");
        acting("can change socket options", "setsockopt");
        acting("can bind sockets to addresses", "bind");
        acting("can choose the socket that gets a packet", "sk_assign", "sk_select_reuseport");
        acting("can make infrared input", "rc_repeat", "rc_keydown", "rc_pointer_rel");
        acting(
                "can change TCP connections",
                "sock_ops_cb_flags_set",
                "tcp_send_ack",
                "store_hdr_opt",
                "reserve_hdr_opt");
    }

    private void addPackets() {
        acting(
                "can change packets",
                "skb_store_bytes",
                "l3_csum_replace",
                "l4_csum_replace",
                "skb_vlan_push",
                "skb_vlan_pop",
                "skb_change_proto",
                "skb_change_type",
                "skb_change_tail",
                "skb_change_head",
                "skb_adjust_room",
                "skb_set_tunnel_key",
                "skb_set_tunnel_opt",
                "skb_set_tstamp",
                "skb_ecn_set_ce",
                "set_hash",
                "set_hash_invalid",
                "csum_update",
                "csum_level",
                "xdp_adjust_head",
                "xdp_adjust_meta",
                "xdp_adjust_tail",
                "xdp_store_bytes",
                "lwt_push_encap",
                "lwt_seg6_store_bytes",
                "lwt_seg6_adjust_srh",
                "lwt_seg6_action",
                "msg_push_data",
                "msg_pop_data",
                "msg_pull_data",
                "msg_apply_bytes",
                "msg_cork_bytes");
        acting("sends packets", "clone_redirect");
        acting(
                "can redirect packets",
                "redirect",
                "redirect_map",
                "redirect_neigh",
                "redirect_peer",
                "sk_redirect_map",
                "sk_redirect_hash",
                "msg_redirect_map",
                "msg_redirect_hash");
    }

    private void addLooking() {
        looking(
                "reads any kernel memory",
                "probe_read",
                "probe_read_str",
                "probe_read_kernel",
                "probe_read_kernel_str");
        looking(
                "reads memory of processes",
                "probe_read_user",
                "probe_read_user_str",
                "copy_from_user",
                "copy_from_user_task");
        looking(
                "reads packets",
                "skb_load_bytes",
                "skb_load_bytes_relative",
                "xdp_load_bytes",
                "skb_output",
                "xdp_output");
        looking("reads stacks of processes and the kernel", "get_stackid", "get_stack", "get_task_stack");
        looking("writes to the kernel's trace log", "trace_printk", "trace_vprintk");
        looking("finds addresses of kernel symbols", "kallsyms_lookup_name");
        looking(
                "keeps data with sockets, files, processes or cgroups",
                "sk_storage_get",
                "inode_storage_get",
                "task_storage_get",
                "cgrp_storage_get");
        looking("sees registers of processes", "task_pt_regs");
        looking("sees branches that processors took", "read_branch_records", "get_branch_snapshot");
        looking("sees paths of files", "d_path");
    }

    boolean actsByHelper(String helper) {
        return acting.containsKey(helper);
    }

    Permission helper(String name) {
        String meaning = acting.getOrDefault(name, looking.getOrDefault(name, ""));
        return new Permission(Permission.Kind.HELPER, name, meaning, actsByHelper(name));
    }

    static boolean isHarmless(String function) {
        for (String beginning : HARMLESS_FUNCTIONS) {
            if (function.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    static Permission kernelFunction(String name) {
        boolean acts = !isHarmless(name);
        String meaning = switch (name) {
            case "bpf_send_signal_task" -> "can send signals to processes";
            case "bpf_sock_destroy" -> "can close connections of others";
            case "bpf_set_file_xattr", "bpf_remove_file_xattr", "bpf_set_dentry_xattr" ->
                "can change attributes of files";
            default -> acts ? "calls a kernel function that may change the system" : "";
        };
        return new Permission(Permission.Kind.KERNEL_FUNCTION, name, meaning, acts);
    }

    /** Whether programs of this type and section can only look, whatever they return. */
    static boolean onlyLooks(ProgramType type, String prefix) {
        if (type == ProgramType.TRACING) {
            return !prefix.startsWith("fmod_ret");
        }
        return OBSERVING.contains(type);
    }

    /**
     * What programs of a type return to leave everything as it is (kernel: {@code include/uapi/linux/bpf.h}, {@code pkt_cls.h}); nothing for types that
     * always act.
     */
    static Optional<Set<Long>> neutralResults(ProgramType type) {
        return switch (type) {
            // TC_ACT_UNSPEC as signed or unsigned number, and TC_ACT_OK.
            case SCHED_CLS, SCHED_ACT -> Optional.of(Set.of(-1L, 0xffff_ffffL, 0L));
            case XDP -> Optional.of(Set.of(2L));
            case LSM, TRACING, LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL -> Optional.of(Set.of(0L));
            case CGROUP_SKB,
                    CGROUP_SOCK,
                    CGROUP_SOCK_ADDR,
                    CGROUP_DEVICE,
                    CGROUP_SYSCTL,
                    CGROUP_SOCKOPT,
                    SK_SKB,
                    SK_MSG,
                    SK_LOOKUP,
                    SK_REUSEPORT,
                    NETFILTER -> Optional.of(Set.of(1L));
            case SOCK_OPS -> Optional.of(Set.of(0L, 1L));
            default -> Optional.empty();
        };
    }

    /** Whether programs of a type have packets in their hands. */
    static boolean holdsPackets(ProgramType type) {
        return switch (type) {
            case SCHED_CLS, SCHED_ACT, XDP, CGROUP_SKB, LWT_XMIT, SK_SKB, SK_MSG, CGROUP_SOCK_ADDR, CGROUP_SOCKOPT ->
                true;
            default -> false;
        };
    }

    /** What acting programs of a type do. */
    static String verdict(ProgramType type) {
        return switch (type) {
            case SCHED_CLS, SCHED_ACT, XDP, CGROUP_SKB, NETFILTER, SK_SKB, SK_MSG -> "can drop or pass on packets";
            case LSM -> "can forbid operations";
            case CGROUP_SOCK, CGROUP_SOCK_ADDR -> "can forbid or change connections";
            case CGROUP_DEVICE -> "can forbid the use of devices";
            case CGROUP_SYSCTL -> "can forbid or change kernel settings";
            case CGROUP_SOCKOPT -> "can forbid or change socket options";
            case TRACING -> "can override return values of kernel functions";
            case STRUCT_OPS -> "takes over a part of the kernel";
            case EXTENSION -> "replaces functions of other programs";
            case SK_LOOKUP, SK_REUSEPORT -> "can choose the socket that gets a packet";
            case LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL -> "can change the way of packets";
            default -> "can act on the system by what it returns";
        };
    }
}
