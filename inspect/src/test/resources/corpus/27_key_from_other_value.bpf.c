// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Lookup a always
// expect: prog Read a conditional
// expect: prog Lookup b conditional

MAP(a, HASH, 8, __u32, __u64);
MAP(b, HASH, 8, __u64, __u64);
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;
	__u64 *value = bpf_map_lookup_elem(&a, &key);

	if (value)
		bpf_map_lookup_elem(&b, value);
	return 0;
}
