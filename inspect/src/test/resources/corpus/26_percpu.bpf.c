// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog LookupPercpu a always
// expect: prog Read a conditional

MAP(a, PERCPU_ARRAY, 1, __u32, __u64);
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 0;
	__u64 *value = bpf_map_lookup_percpu_elem(&a, &key, 1);

	return value ? *value : 0;
}
