// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Lookup unknown always
// expect: unknown 1

SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 1;
	void *map = (void *)bpf_ktime_get_ns();

	bpf_map_lookup_elem(map, &key);
	return 0;
}
