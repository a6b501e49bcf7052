// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Update a conditional

MAP(a, HASH, 8, __u32, __u64);
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u64 value = bpf_ktime_get_ns();

#pragma clang loop unroll(disable)
	for (__u32 i = 0; i < (value & 7); i++)
		bpf_map_update_elem(&a, &i, &value, 0);
	return 0;
}
