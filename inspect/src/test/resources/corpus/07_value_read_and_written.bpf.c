// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Lookup a always
// expect: prog Read a conditional
// expect: prog Write a conditional

MAP(a, HASH, 8, __u32, __u64);
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;
	volatile __u64 *value = bpf_map_lookup_elem(&a, &key);

	if (value)
		*value = *value + 1;
	return 0;
}
