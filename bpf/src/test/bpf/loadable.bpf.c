// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// Programs that the verifier accepts: subprograms, callbacks, externs and dead poisoned code.
#include "oracle.h"

struct task_struct { int pid; int tgid; struct task_struct *group_leader; } CORE;
struct task_struct___other { int no_such_field; } CORE;
struct counter { long hits; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, int); __type(value, struct counter); } counters SEC(".maps");

extern int LINUX_KERNEL_VERSION __kconfig;
extern int bpf_no_such_function(int x) __ksym __weak;
extern const int no_such_variable __ksym __weak;
const volatile bool verbose = true;

static __noinline int bump(int key)
{
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);

	if (counter)
		counter->hits++;
	return key;
}

__noinline int global_one(int x) { return bump(x) + (int)sink; }
__attribute__((visibility("hidden"))) __noinline int hidden_one(int x) { return bump(x + 1); }
static long each(__u32 i, void *ctx) { return bump(i) > 100; }
static long each_element(void *map, int *key, struct counter *value, void *ctx) { sink += value->hits; return 0; }

SEC("raw_tp/sys_enter")
int enter(void *ctx)
{
	bpf_loop(4, each, 0, 0);
	bpf_for_each_map_elem(&counters, each_element, 0, 0);
	if (bpf_no_such_function)
		return bpf_no_such_function(1);
	return global_one(3) + hidden_one(4) + LINUX_KERNEL_VERSION;
}

SEC("raw_tp/sys_exit")
int leave(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task();

	if (verbose)
		sink = BPF_CORE_READ(task, group_leader, tgid);
	if (bpf_core_field_exists(((struct task_struct___other *)task)->no_such_field))
		sink += BPF_CORE_READ((struct task_struct___other *)task, no_such_field);
	return global_one((int)sink);
}
