// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.core.BpfPoison;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.Hook;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.object.SectionName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The capabilities that the kernel asks for before it loads and attaches a program or makes a map (kernel: {@code
 * bpf_prog_load}, {@code is_net_admin_prog_type}, {@code is_perfmon_prog_type} and {@code map_create} of {@code
 * kernel/bpf/syscall.c}, {@code bpf_base_func_proto} for helpers, {@code perf_kprobe_event_init} for probes).
 */
public final class Privileges {
    private static final String BPF = "CAP_BPF";
    private static final String PERFMON = "CAP_PERFMON";
    private static final String NET_ADMIN = "CAP_NET_ADMIN";
    private static final String NET_RAW = "CAP_NET_RAW";
    private static final String SYS_ADMIN = "CAP_SYS_ADMIN";

    private static final List<String> PERFMON_HELPERS = List.of(
            "bpf_trace_printk",
            "bpf_get_current_task",
            "bpf_get_current_task_btf",
            "bpf_probe_read",
            "bpf_probe_read_str",
            "bpf_probe_read_user",
            "bpf_probe_read_user_str",
            "bpf_probe_read_kernel",
            "bpf_probe_read_kernel_str",
            "bpf_snprintf_btf",
            "bpf_snprintf",
            "bpf_task_pt_regs",
            "bpf_trace_vprintk");

    private Privileges() {}

    /** What a program needs, sorted. */
    public static Set<String> ofProgram(SectionName section, Bytecode instructions) {
        Set<String> needed = new TreeSet<>();
        needed.add(BPF);
        addOfType(section.type(), needed);
        addOfHook(section, needed);
        for (String helper : helpers(instructions)) {
            if (PERFMON_HELPERS.contains(helper)) {
                needed.add(PERFMON);
            } else if (helper.equals("bpf_probe_write_user")) {
                needed.add(SYS_ADMIN);
            }
        }
        return needed;
    }

    private static void addOfType(ProgramType type, Collection<String> needed) {
        switch (type) {
            case KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE, TRACING, LSM, STRUCT_OPS ->
                needed.add(PERFMON);
            case EXTENSION -> needed.addAll(List.of(PERFMON, NET_ADMIN));
            case SCHED_CLS,
                    SCHED_ACT,
                    XDP,
                    LWT_IN,
                    LWT_OUT,
                    LWT_XMIT,
                    LWT_SEG6LOCAL,
                    SK_SKB,
                    SK_MSG,
                    FLOW_DISSECTOR,
                    CGROUP_SKB,
                    CGROUP_DEVICE,
                    CGROUP_SOCK,
                    CGROUP_SOCK_ADDR,
                    CGROUP_SOCKOPT,
                    CGROUP_SYSCTL,
                    SOCK_OPS,
                    NETFILTER ->
                // Also those that may be loaded without it are attached with it only.
                needed.add(NET_ADMIN);
            case UNSPECIFIED, SOCKET_FILTER, LIRC_MODE2, SK_REUSEPORT, SK_LOOKUP, SYSCALL -> {}
        }
    }

    /** What attaching needs besides. */
    private static void addOfHook(SectionName section, Collection<String> needed) {
        boolean perNetwork = section.hook() == Hook.ITER && IteratorFeed.PER_NETWORK.contains(section.attachTo());
        if (perNetwork || section.hook() == Hook.SOCKET_FILTER) {
            // Each network namespace is entered.
            needed.add(SYS_ADMIN);
        }
        if (section.hook() == Hook.SOCKET_FILTER) {
            needed.add(NET_RAW);
        }
    }

    /** What making a map needs, sorted. */
    public static Set<String> ofMap(int type) {
        return switch (type) {
            case MapType.SOCKMAP, MapType.SOCKHASH, MapType.DEVMAP, MapType.DEVMAP_HASH, MapType.XSKMAP ->
                new TreeSet<>(List.of(BPF, NET_ADMIN));
            default -> new TreeSet<>(List.of(BPF));
        };
    }

    /** The names of the helpers that instructions call, sorted. */
    public static Collection<String> helpers(Bytecode instructions) {
        Set<Integer> numbers = new TreeSet<>();
        for (int slot = 0; slot < instructions.slots(); slot++) {
            if (instructions.isWide(slot)) {
                slot++;
            } else if (instructions.isHelperCall(slot) && instructions.immediate(slot) != BpfPoison.HELPER) {
                numbers.add(instructions.immediate(slot));
            }
        }
        List<String> names = new ArrayList<>();
        numbers.forEach(number -> names.add(Helper.name(number).orElse("helper " + number)));
        return names;
    }
}
