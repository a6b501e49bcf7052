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

SEC("raw_tp/sys_enter")
int late_field(void *ctx)
{
	struct task_struct___other *task = (void *)bpf_get_current_task();
	int result = BPF_CORE_READ((struct task_struct *)task, pid);

	sink = result;
	result += BPF_CORE_READ(task, no_such_field);
	sink += result;
	return result;
}

enum bpf_func_id___later { BPF_FUNC_no_such_helper___later = 4000 };

SEC("raw_tp/sys_enter")
int late_enumerator(void *ctx)
{
	sink = 3;
	sink += bpf_core_enum_value(enum bpf_func_id___later, BPF_FUNC_no_such_helper___later);
	return 0;
}

struct task_struct___gone { int vanished; } CORE;
// What follows is as if it stood in a header that is not there any more when its lines are looked up.
#line 5 "nowhere/refused.h"
static __always_inline int read_vanished(struct task_struct___gone *task)
{
	int value = BPF_CORE_READ(task, vanished);
	return value + 1;
}
#line 62 "refused.bpf.c"

SEC("raw_tp/sys_enter")
int in_header(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task();

	sink = BPF_CORE_READ(task, pid);
	return read_vanished((void *)task);
}
