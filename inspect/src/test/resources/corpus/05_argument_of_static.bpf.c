// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Delete a always
// expect: prog Delete b always

MAP(a, HASH, 8, __u32, __u64);
MAP(b, HASH, 8, __u32, __u64);
static NOINLINE int drop(void *map, __u32 key)
{
	return bpf_map_delete_elem(map, &key);
}
SEC("tracepoint/x/y") int prog(void *ctx)
{
	return drop(&a, 1) + drop(&b, 2);
}
