// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct list_head { struct list_head *next, *prev; } CORE;
struct task_struct___flavour { int pid; int tgid; struct task_struct *real_parent; char comm[16]; } CORE;
struct task_struct { int pid; int tgid; struct task_struct *group_leader; struct list_head tasks; char comm[16]; unsigned int flags; int exit_code; } CORE;

SEC("tracepoint/syscalls/sys_enter_openat")
int offsets(struct task_struct *t)
{
	sink = BPF_CORE_READ(t, pid) + BPF_CORE_READ(t, group_leader, tgid);
	sink += (long)BPF_CORE_READ(t, tasks.next, prev);
	sink += BPF_CORE_READ((struct task_struct___flavour *)t, real_parent, flags);
	return BPF_CORE_READ(t, exit_code);
}

SEC("tp_btf/sched_switch")
int direct(unsigned long long *ctx)
{
	struct task_struct *t = (void *)ctx[1];

	sink = t->pid + t->group_leader->tgid + t->comm[3];
	t->flags = 7;
	return 0;
}
