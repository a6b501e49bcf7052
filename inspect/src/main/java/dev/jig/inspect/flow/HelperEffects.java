// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.insn.Helper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the kernel's helpers do with maps and memory (kernel: the prototypes in {@code kernel/bpf/helpers.c}, {@code net/core/filter.c} and others). */
final class HelperEffects {
    private static final int MOST_ARGUMENTS = 5;

    private final Map<Integer, HelperEffect> effects = new HashMap<>();
    private final Map<Integer, Integer> arguments = new HashMap<>();

    HelperEffects() {
        addMaps();
        addOutput();
        addNetwork();
        addStorage();
        addCallbacks();
        addReaders();
        addArguments();
    }

    /** What is known of a helper; nothing if it must be thought capable of writing whatever its arguments point to. */
    Optional<HelperEffect> find(int number) {
        return Optional.ofNullable(effects.get(number));
    }

    /** How many arguments a helper takes: registers behind them hold leftovers. */
    int arguments(int number) {
        return arguments.getOrDefault(number, MOST_ARGUMENTS);
    }

    private void addArguments() {
        takes(1, "spin_lock", "spin_unlock", "timer_cancel", "ringbuf_query");
        takes(2, "map_lookup_elem", "map_delete_elem", "map_pop_elem", "map_peek_elem", "kptr_xchg", "ringbuf_submit");
        takes(
                2,
                "ringbuf_discard",
                "timer_set_callback",
                "get_current_comm",
                "task_storage_delete",
                "sk_storage_delete");
        takes(3, "map_push_elem", "tail_call", "get_stackid", "ringbuf_reserve", "timer_init", "timer_start");
        takes(
                3,
                "map_lookup_percpu_elem",
                "probe_read",
                "probe_read_str",
                "probe_read_kernel",
                "probe_read_kernel_str");
        takes(3, "probe_read_user", "probe_read_user_str", "d_path", "redirect_map");
        takes(
                4,
                "map_update_elem",
                "ringbuf_output",
                "for_each_map_elem",
                "loop",
                "task_storage_get",
                "sk_storage_get");
        takes(
                0,
                "ktime_get_ns",
                "ktime_get_boot_ns",
                "get_current_pid_tgid",
                "get_current_uid_gid",
                "get_current_task");
        takes(
                0,
                "get_current_task_btf",
                "get_smp_processor_id",
                "get_prandom_u32",
                "get_current_cgroup_id",
                "jiffies64");
    }

    private void takes(int count, String... names) {
        for (String name : names) {
            Helper.number("bpf_" + name).ifPresent(number -> arguments.put(number, count));
        }
    }

    private void add(String name, HelperEffect effect) {
        Helper.number("bpf_" + name).ifPresent(number -> effects.put(number, effect));
    }

    private void addMaps() {
        add("map_lookup_elem", HelperEffect.map("Lookup", 1).returning(HelperEffect.Result.MAP_VALUE));
        add("map_lookup_percpu_elem", HelperEffect.map("LookupPercpu", 1).returning(HelperEffect.Result.MAP_VALUE));
        add("map_update_elem", HelperEffect.map("Update", 1));
        add("map_delete_elem", HelperEffect.map("Delete", 1));
        add("map_push_elem", HelperEffect.map("Push", 1));
        add("map_pop_elem", HelperEffect.map("Pop", 1).writing(2, 0));
        add("map_peek_elem", HelperEffect.map("Peek", 1).writing(2, 0));
        add("tail_call", HelperEffect.map("TailCall", 2));
        add("get_stackid", HelperEffect.map("StackId", 2));
        add("kptr_xchg", HelperEffect.map("KptrExchange", 1));
        add("spin_lock", HelperEffect.map("Lock", 1));
        add("spin_unlock", HelperEffect.map("Unlock", 1));
    }

    private void addOutput() {
        add("perf_event_output", HelperEffect.map("EventOutput", 2));
        add("skb_output", HelperEffect.map("EventOutput", 2));
        add("xdp_output", HelperEffect.map("EventOutput", 2));
        add("perf_event_read", HelperEffect.map("PerfRead", 1));
        add("perf_event_read_value", HelperEffect.map("PerfRead", 1).writing(3, 4));
        add("ringbuf_output", HelperEffect.map("RingOutput", 1));
        add("ringbuf_reserve", HelperEffect.map("Reserve", 1).returning(HelperEffect.Result.RING_RECORD));
        add("ringbuf_submit", HelperEffect.map("Submit", 1));
        add("ringbuf_discard", HelperEffect.map("Discard", 1));
        add("ringbuf_query", HelperEffect.map("Query", 1));
        add("ringbuf_reserve_dynptr", HelperEffect.map("Reserve", 1).writing(4, 0));
    }

    private void addNetwork() {
        add("redirect_map", HelperEffect.map("Redirect", 1));
        add("sk_redirect_map", HelperEffect.map("Redirect", 2));
        add("sk_redirect_hash", HelperEffect.map("Redirect", 2));
        add("msg_redirect_map", HelperEffect.map("Redirect", 2));
        add("msg_redirect_hash", HelperEffect.map("Redirect", 2));
        add("sock_map_update", HelperEffect.map("SocketUpdate", 2));
        add("sock_hash_update", HelperEffect.map("SocketUpdate", 2));
        add("sk_select_reuseport", HelperEffect.map("SelectSocket", 2));
        add("skb_under_cgroup", HelperEffect.map("CgroupTest", 2));
        add("current_task_under_cgroup", HelperEffect.map("CgroupTest", 1));
    }

    private void addStorage() {
        for (String kind : new String[] {"sk", "inode", "task", "cgrp"}) {
            add(kind + "_storage_get", HelperEffect.map("StorageGet", 1).returning(HelperEffect.Result.MAP_VALUE));
            add(kind + "_storage_delete", HelperEffect.map("StorageDelete", 1));
        }
        add("get_local_storage", HelperEffect.map("StorageGet", 1).returning(HelperEffect.Result.MAP_VALUE));
    }

    private void addCallbacks() {
        add("for_each_map_elem", HelperEffect.map("ForEach", 1).calling(2, 3));
        add("loop", HelperEffect.none().calling(2, 3));
        add("find_vma", HelperEffect.none().calling(3, 4));
        add("user_ringbuf_drain", HelperEffect.map("Drain", 1).calling(2, 3));
        add("timer_init", HelperEffect.map("TimerInit", 1));
        add("timer_set_callback", HelperEffect.map("TimerCallback", 1).calling(2, 0));
        add("timer_start", HelperEffect.map("TimerStart", 1));
        add("timer_cancel", HelperEffect.map("TimerCancel", 1));
    }

    /** Helpers that write no memory of the program, or a known piece of it. */
    private void addReaders() {
        for (String name : new String[] {
            "ktime_get_ns",
            "ktime_get_boot_ns",
            "ktime_get_coarse_ns",
            "ktime_get_tai_ns",
            "get_current_pid_tgid",
            "get_current_uid_gid",
            "get_current_cgroup_id",
            "get_current_ancestor_cgroup_id",
            "get_current_task",
            "get_current_task_btf",
            "get_smp_processor_id",
            "get_numa_node_id",
            "get_prandom_u32",
            "get_socket_cookie",
            "get_netns_cookie",
            "get_func_ip",
            "get_attach_cookie",
            "get_retval",
            "get_func_arg_cnt",
            "jiffies64",
            "trace_printk",
            "trace_vprintk",
            "seq_printf",
            "seq_write",
            "strncmp",
            "sock_from_file",
            "per_cpu_ptr",
            "this_cpu_ptr",
            "task_pt_regs",
            "send_signal",
            "send_signal_thread",
            "skb_cgroup_id",
            "get_socket_uid",
            "sk_fullsock",
            "tcp_sock",
            "skc_to_tcp_sock",
            "skc_to_tcp6_sock",
            "skc_to_udp6_sock",
            "skc_to_unix_sock",
            "skb_pull_data",
            "sk_release",
            "dynptr_data"
        }) {
            add(name, HelperEffect.none());
        }
        for (String name : new String[] {
            "probe_read",
            "probe_read_str",
            "probe_read_kernel",
            "probe_read_kernel_str",
            "probe_read_user",
            "probe_read_user_str",
            "copy_from_user",
            "copy_from_user_task",
            "get_current_comm",
            "snprintf",
            "snprintf_btf"
        }) {
            add(name, HelperEffect.none().writing(1, 2));
        }
        add("d_path", HelperEffect.none().writing(2, 3));
        add("skb_load_bytes", HelperEffect.none().writing(3, 4));
        add("skb_load_bytes_relative", HelperEffect.none().writing(3, 4));
        add("xdp_load_bytes", HelperEffect.none().writing(3, 4));
        add("get_stack", HelperEffect.none().writing(2, 3));
        add("get_task_stack", HelperEffect.none().writing(2, 3));
        add("get_func_arg", HelperEffect.none().writing(3, 0));
        add("get_func_ret", HelperEffect.none().writing(2, 0));
        add("get_ns_current_pid_tgid", HelperEffect.none().writing(3, 4));
    }
}
