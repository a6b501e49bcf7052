// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionNameTest {
    @ParameterizedTest
    @CsvSource({
        "tracepoint/syscalls/sys_enter_openat, TRACEPOINT, TRACEPOINT, 0, syscalls/sys_enter_openat",
        "tp/sched/sched_switch, TRACEPOINT, TRACEPOINT, 0, sched/sched_switch",
        "raw_tp/sys_enter, RAW_TRACEPOINT, RAW_TRACEPOINT, 0, sys_enter",
        "raw_tracepoint.w/x, RAW_TRACEPOINT_WRITABLE, RAW_TRACEPOINT_WRITABLE, 0, x",
        "tp_btf/sched_switch, TP_BTF, TRACING, 23, sched_switch",
        "fentry/f, FENTRY, TRACING, 24, f",
        "fexit.s/f, FEXIT, TRACING, 25, f",
        "iter/task, ITER, TRACING, 28, task",
        "lsm.s/bprm_check_security, LSM, LSM, 27, bprm_check_security",
        "lsm_cgroup/x, LSM_CGROUP, LSM, 43, x",
        "kprobe, KPROBE, KPROBE, 0, ''",
        "kretprobe/f, KRETPROBE, KPROBE, 0, f",
        "kprobe.multi/f*, KPROBE_MULTI, KPROBE, 42, f*",
        "uprobe/libc:malloc, UPROBE, KPROBE, 0, libc:malloc",
        "usdt/libc:p:n, USDT, KPROBE, 0, libc:p:n",
        "ksyscall/openat, KSYSCALL, KPROBE, 0, openat",
        "perf_event/sampler, PERF_EVENT, PERF_EVENT, 0, sampler",
        "socket1, SOCKET_FILTER, SOCKET_FILTER, 0, ''",
        "classifier/ingress/dns, TC_INGRESS, SCHED_CLS, 0, dns",
        "classifier, TC, SCHED_CLS, 0, ''",
        "tcx/egress, TCX_EGRESS, SCHED_CLS, 47, ''",
        "xdp, XDP, XDP, 37, ''",
        "xdp.frags/devmap, XDP, XDP, 33, ''",
        "sockops, SOCK_OPS, SOCK_OPS, 3, ''",
        "sk_skb/stream_parser, SK_SKB, SK_SKB, 4, ''",
        "sk_msg, SK_MSG, SK_MSG, 7, ''",
        "cgroup/connect4, CGROUP, CGROUP_SOCK_ADDR, 10, ''",
        "cgroup/sendmsg6, CGROUP, CGROUP_SOCK_ADDR, 15, ''",
        "cgroup/sock, CGROUP, CGROUP_SOCK, 2, ''",
        "cgroup_skb/egress, CGROUP, CGROUP_SKB, 1, ''",
        "struct_ops/x, STRUCT_OPS, STRUCT_OPS, 0, x",
        "syscall, SYSCALL, SYSCALL, 0, ''",
        "netfilter, NETFILTER, NETFILTER, 45, ''",
        "whatever, UNKNOWN, UNSPECIFIED, 0, ''",
        "kprobes/f, UNKNOWN, UNSPECIFIED, 0, ''",
    })
    void shouldUnderstandSectionNames(String text, Hook hook, ProgramType type, int attachType, String target) {
        SectionName name = SectionName.parse(text);

        assertThat(name.hook()).isEqualTo(hook);
        assertThat(name.type()).isEqualTo(type);
        assertThat(name.expectedAttachType()).isEqualTo(attachType);
        assertThat(name.target()).isEqualTo(target);
        assertThat(name.autoload()).isTrue();
    }

    @Test
    void shouldLoadProgramsWithAQuestionMarkOnlyOnDemand() {
        SectionName name = SectionName.parse("?tp_btf/sched_switch");

        assertThat(name.autoload()).isFalse();
        assertThat(name.hook()).isEqualTo(Hook.TP_BTF);
        assertThat(name.target()).isEqualTo("sched_switch");
        assertThat(name.attachTo()).isEqualTo("sched_switch");
    }

    @Test
    void shouldTellSleepableAndFragmentedPrograms() {
        assertThat(SectionName.parse("iter.s/task").sleepable()).isTrue();
        assertThat(SectionName.parse("iter/task").sleepable()).isFalse();
        assertThat(SectionName.parse("xdp.frags").fragments()).isTrue();
    }
}
