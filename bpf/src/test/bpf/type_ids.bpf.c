// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct task_struct { int pid; } CORE;
struct absent_struct { int field; } CORE;
typedef int absent_typedef;
typedef unsigned int gfp_t;

SEC("raw_tp/sys_enter")
int ids(void *ctx)
{
	sink = bpf_core_type_id_local(struct task_struct);
	sink += bpf_core_type_id_kernel(struct task_struct);
	sink += bpf_core_type_id_kernel(struct absent_struct);
	sink += bpf_core_type_id_local(struct absent_struct);
	sink += bpf_core_type_id_kernel(gfp_t);
	return 0;
}
