// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct nested { int a; char name[10]; } CORE;
struct file { unsigned int f_flags; void *private_data; long long f_pos; } CORE;
struct task_struct { char comm[16]; int pid; unsigned long stack_canary; } CORE;

SEC("raw_tp/sys_enter")
int sizes(struct task_struct *t)
{
	sink = bpf_core_field_size(t->comm) + bpf_core_field_size(t->pid) + bpf_core_field_size(t->comm[0]);
	sink += bpf_core_field_size(((struct file *)t)->f_pos);
	sink += bpf_core_field_exists(t->stack_canary);
	sink += bpf_core_field_offset(t->pid);
	return 0;
}
