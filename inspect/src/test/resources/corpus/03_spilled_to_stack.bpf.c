// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Delete a always

MAP(a, HASH, 8, __u32, __u64);
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;
	void *volatile map = &a;

	bpf_ktime_get_ns();
	bpf_map_delete_elem(map, &key);
	return 0;
}
