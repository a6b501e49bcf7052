// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog ForEach a always
// expect: prog Read a conditional
// expect: prog Delete b conditional

MAP(a, HASH, 8, __u32, __u64);
MAP(b, HASH, 8, __u32, __u64);
static long each(void *map, const void *key, __u64 *value, void *ctx)
{
	__u32 found = *value;

	bpf_map_delete_elem(&b, &found);
	return 0;
}
SEC("tracepoint/x/y") int prog(void *ctx)
{
	bpf_for_each_map_elem(&a, each, NULL, 0);
	return 0;
}
