// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// Programs that no verifier accepts, each for one reason.
#include "oracle.h"

struct task_struct { int pid; } CORE;
struct task_struct___other { int no_such_field; } CORE;
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, int); __type(value, long); } numbers SEC(".maps");
extern int bpf_no_such_function(int x) __ksym __weak;

SEC("raw_tp/sys_enter")
int unchecked_pointer(void *ctx)
{
	int key = 0;
	long *value = bpf_map_lookup_elem(&numbers, &key);

	return *value;
}

SEC("raw_tp/sys_enter")
int missing_field(void *ctx)
{
	struct task_struct___other *task = (void *)bpf_get_current_task();

	return BPF_CORE_READ(task, no_such_field);
}

SEC("raw_tp/sys_enter")
int missing_function(void *ctx) { return bpf_no_such_function(1); }
