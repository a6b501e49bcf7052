// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

enum pid_type { PIDTYPE_PID, PIDTYPE_TGID, PIDTYPE_NOT_THERE = 77 };
enum bpf_map_type___mine { BPF_MAP_TYPE_RINGBUF___x = 99 };
enum absent_enum { ABSENT_A = 3 };

SEC("raw_tp/sys_enter")
int values(void *ctx)
{
	sink = bpf_core_enum_value(enum pid_type, PIDTYPE_TGID);
	sink += bpf_core_enum_value(enum bpf_map_type___mine, BPF_MAP_TYPE_RINGBUF___x);
	sink += bpf_core_enum_value_exists(enum pid_type, PIDTYPE_PID);
	sink += bpf_core_enum_value_exists(enum pid_type, PIDTYPE_NOT_THERE);
	sink += bpf_core_enum_value_exists(enum absent_enum, ABSENT_A);
	if (bpf_core_enum_value_exists(enum pid_type, PIDTYPE_NOT_THERE))
		sink += bpf_core_enum_value(enum pid_type, PIDTYPE_NOT_THERE);
	return bpf_core_enum_value(enum absent_enum, ABSENT_A);
}
