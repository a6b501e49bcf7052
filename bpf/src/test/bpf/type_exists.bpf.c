// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct task_struct { int pid; } CORE;
struct absent_struct { int field; } CORE;
struct task_struct___with_flavour { long none; } CORE;
union bpf_attr___x { int a; };
enum absent_enum { ABSENT };
enum pid_type { PIDTYPE_PID };
typedef int absent_typedef;
typedef unsigned int gfp_t;
typedef struct { int counter; } atomic_t;
typedef int (*func_proto_typedef)(long);
struct sock { int x; };

SEC("raw_tp/sys_enter")
int exists(void *ctx)
{
	sink = bpf_core_type_exists(struct task_struct) | bpf_core_type_exists(struct absent_struct) << 1;
	sink += bpf_core_type_exists(struct task_struct___with_flavour);
	sink += bpf_core_type_exists(union bpf_attr___x);
	sink += bpf_core_type_exists(enum absent_enum) + bpf_core_type_exists(enum pid_type) * 4;
	sink += bpf_core_type_exists(absent_typedef) + bpf_core_type_exists(gfp_t) * 8 + bpf_core_type_exists(atomic_t) * 16;
	sink += bpf_core_type_exists(func_proto_typedef);
	return bpf_core_type_exists(struct sock);
}

SEC("raw_tp/sys_exit")
int sizes(void *ctx)
{
	sink = bpf_core_type_size(struct task_struct) + bpf_core_type_size(struct absent_struct) + bpf_core_type_size(gfp_t);
	sink += bpf_core_type_size(atomic_t) + bpf_core_type_size(enum pid_type);
	return 0;
}
