// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Update a always
// expect: prog Lookup a always
// expect: prog Delete a always

MAP(a, HASH, 8, __u32, __u64);
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;
	__u64 value = bpf_ktime_get_ns();
	void *map = &a;

	asm volatile("" : "+r"(map));
	bpf_map_update_elem(map, &key, &value, 0);
	bpf_map_lookup_elem(map, &key);
	bpf_map_delete_elem(map, &key);
	return 0;
}
