// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Lookup a always
// expect: prog Lookup b always

MAP(a, HASH, 8, __u32, __u64);
MAP(b, HASH, 8, __u32, __u64);
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;
	void *map = bpf_ktime_get_ns() & 1 ? (void *)&a : (void *)&b;

	asm volatile("" : "+r"(map));
	bpf_map_lookup_elem(map, &key);
	return 0;
}
