// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, int); __type(value, long); } numbers SEC(".maps");

static __noinline int helper(int x) { return x + (int)sink; }
static long each(__u32 i, void *ctx) { sink += helper(i); return 0; }
static long each_element(void *map, void *key, void *value, void *ctx) { sink += *(long *)value; return bpf_loop(2, each, 0, 0); }

SEC("raw_tp/sys_enter")
int loops(void *ctx)
{
	bpf_loop(4, each, 0, 0);
	bpf_for_each_map_elem(&numbers, each_element, 0, 0);
	return helper(1);
}

SEC("raw_tp/sys_exit")
int loops_again(void *ctx) { bpf_loop(5, each, 0, 0); return 0; }
