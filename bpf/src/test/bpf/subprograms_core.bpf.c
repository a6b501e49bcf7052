// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct task_struct { int pid; int tgid; } CORE;

static __noinline int pid_of(struct task_struct *t) { return BPF_CORE_READ(t, pid) + bpf_core_field_exists(t->tgid); }
__noinline int both(struct task_struct *t) { return pid_of(t) + BPF_CORE_READ(t, tgid); }

SEC("raw_tp/sys_enter")
int one(struct task_struct *t) { return both(t); }

SEC("raw_tp/sys_exit")
int two(struct task_struct *t) { return pid_of(t); }
