// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct task_struct { int pid; } CORE;
extern struct task_struct *bpf_task_from_pid(int pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern void bpf_rcu_read_lock(void) __ksym __weak;
extern void bpf_rcu_read_unlock(void) __ksym __weak;
extern void bpf_no_such_function(int x) __ksym __weak;

static __noinline int look_up(int pid)
{
	struct task_struct *t = bpf_task_from_pid(pid);

	if (!t)
		return 0;
	bpf_task_release(t);
	return 1;
}

SEC("tp_btf/task_newtask")
int calls(void *ctx)
{
	if (bpf_rcu_read_lock) {
		bpf_rcu_read_lock();
		bpf_rcu_read_unlock();
	}
	if (bpf_no_such_function)
		bpf_no_such_function(3);
	return look_up(1);
}
