// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct task_struct { int pid; long state; unsigned int __state; struct { int missing_inner; } no_such_member; } CORE;
struct absent_struct { int field; } CORE;

SEC("raw_tp/sys_enter")
int exists(void *ctx)
{
	struct task_struct *t = ctx;
	struct absent_struct *a = ctx;

	sink = bpf_core_field_exists(t->pid) | bpf_core_field_exists(t->state) << 1 | bpf_core_field_exists(t->__state) << 2;
	sink += bpf_core_field_exists(t->no_such_member.missing_inner);
	sink += bpf_core_field_exists(a->field);
	return 0;
}

SEC("raw_tp/sys_exit")
int poisoned(void *ctx)
{
	struct task_struct *t = ctx;

	if (bpf_core_field_exists(t->state))
		sink = BPF_CORE_READ(t, state);
	if (bpf_core_field_exists(t->no_such_member.missing_inner))
		sink = BPF_CORE_READ(t, no_such_member.missing_inner);
	return BPF_CORE_READ((struct absent_struct *)ctx, field);
}
