// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: one Lookup a always
// expect: one Write a conditional on find
// expect: two Lookup b always
// expect: two Write b conditional on find

MAP(a, HASH, 8, __u32, __u64);
MAP(b, HASH, 8, __u32, __u64);
static NOINLINE __u64 *find(void *map, __u32 key)
{
	return bpf_map_lookup_elem(map, &key);
}
SEC("tracepoint/x/y") int one(void *ctx)
{
	__u64 *value = find(&a, 1);

	if (value)
		*value = 1;
	return 0;
}
SEC("tracepoint/x/z") int two(void *ctx)
{
	__u64 *value = find(&b, 1);

	if (value)
		*value = 1;
	return 0;
}
