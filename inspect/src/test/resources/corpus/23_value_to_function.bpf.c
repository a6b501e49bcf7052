// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Lookup a always
// expect: prog Write a conditional

MAP(a, HASH, 8, __u32, __u64);
static NOINLINE int clear(__u64 *value)
{
	if (value)
		*(volatile __u64 *)value = 0;
	return 0;
}
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;

	return clear(bpf_map_lookup_elem(&a, &key));
}
