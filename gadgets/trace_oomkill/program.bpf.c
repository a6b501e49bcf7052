// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Reports processes that the kernel kills because memory has run out. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include <gadget/buffer.h>
#include <gadget/common.h>
#include <gadget/macros.h>
#include <gadget/mntns_filter.h>
#include <gadget/types.h>

/* The kernel charges memory in batches of so many pages: a cgroup is full when less than that is left. */
#define CHARGE_BATCH 64
#define MAX_CGROUP_DEPTH 32

struct event {
	gadget_timestamp timestamp_raw;
	gadget_mntns_id tmntns_id;
	struct gadget_process fprocess;
	gadget_pid tpid;
	gadget_comm tcomm[TASK_COMM_LEN];
	__u64 pages;
};

GADGET_TRACER_MAP(events, 1024 * 256);
GADGET_TRACER(oomkill, events, event);

/* Pages of memory and of swap space that the machine has. */
const volatile __u64 jig_memory_pages = 0;
const volatile __u64 jig_swap_pages = 0;

static __always_inline int report(void *ctx, struct task_struct *victim, __u32 pid, __u64 pages)
{
	gadget_mntns_id mntns_id = BPF_CORE_READ(victim, nsproxy, mnt_ns, ns.inum);
	struct event *event;

	if (gadget_should_discard_mntns_id(mntns_id))
		return 0;
	event = gadget_reserve_buf(&events, sizeof(*event));
	if (!event)
		return 0;
	__builtin_memset(event, 0, sizeof(*event));
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->fprocess);
	event->tmntns_id = mntns_id;
	event->tpid = pid;
	bpf_probe_read_kernel_str(event->tcomm, sizeof(event->tcomm), victim->comm);
	event->pages = pages;
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}

static __always_inline int report_chosen(void *ctx, struct oom_control *control)
{
	struct task_struct *victim = BPF_CORE_READ(control, chosen);

	return report(ctx, victim, BPF_CORE_READ(victim, tgid), BPF_CORE_READ(control, totalpages));
}

SEC("kprobe/oom_kill_process")
int BPF_KPROBE(ig_oom_kill, struct oom_control *control)
{
	return report_chosen(ctx, control);
}
GADGET_JOB(kill, ig_oom_kill);

int BPF_PROG(ig_oom_kill_f, struct oom_control *control)
{
	return report_chosen(ctx, control);
}
GADGET_ALTERNATIVE(kill, 20, fentry, oom_kill_process, ig_oom_kill_f);

static __always_inline __u64 with_swap(__u64 pages, __u64 swap)
{
	return pages + (swap < jig_swap_pages ? swap : jig_swap_pages);
}

/* The limit of the nearest cgroup that is full, as the kernel reckons it: with as much swap as it may use. */
static __always_inline __u64 exhausted_pages(struct task_struct *task)
{
	int id = bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id);
	struct cgroup_subsys_state *state = 0;
	struct css_set *set = BPF_CORE_READ(task, cgroups);

	bpf_probe_read_kernel(&state, sizeof(state), &set->subsys[id]);
	for (int i = 0; i < MAX_CGROUP_DEPTH && state; i++) {
		struct mem_cgroup *cgroup = container_of(state, struct mem_cgroup, css);
		__u64 used = BPF_CORE_READ(cgroup, memory.usage.counter);
		__u64 limit = BPF_CORE_READ(cgroup, memory.max);

		if (used + CHARGE_BATCH >= limit)
			return with_swap(limit, BPF_CORE_READ(cgroup, swap.max));
		state = BPF_CORE_READ(state, parent);
	}
	return jig_memory_pages + jig_swap_pages;
}

/* The plain load makes kernels refuse this whose tracepoint has a number in place of the task. */
int BPF_PROG(ig_oom_victim, struct task_struct *victim)
{
	return report(ctx, victim, victim->tgid, exhausted_pages(victim));
}
GADGET_ALTERNATIVE(kill, 10, tp_btf, mark_victim, ig_oom_victim);

/* Before 6.9 the tracepoint tells a number, and nothing else of the victim is known. */
int BPF_PROG(ig_oom_pid, int pid)
{
	struct event *event;

	if (gadget_filter_by_mntns)
		return 0;
	event = gadget_reserve_buf(&events, sizeof(*event));
	if (!event)
		return 0;
	__builtin_memset(event, 0, sizeof(*event));
	event->timestamp_raw = bpf_ktime_get_boot_ns();
	gadget_process_populate(&event->fprocess);
	event->tpid = pid;
	gadget_submit_buf(ctx, &events, event, sizeof(*event));
	return 0;
}
GADGET_ALTERNATIVE(kill, 60, tp_btf, mark_victim, ig_oom_pid);

char LICENSE[] SEC("license") = "GPL";
