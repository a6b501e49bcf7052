// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Lookup a always
// expect: prog Update b always

MAP(a, HASH, 8, __u32, __u64);
MAP(b, HASH, 8, __u32, __u64);
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;
	__u64 value = 2;

	bpf_map_lookup_elem(&a, &key);
	bpf_map_update_elem(&b, &key, &value, 0);
	return 0;
}
