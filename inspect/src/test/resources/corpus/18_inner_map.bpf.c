// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Lookup outer always
// expect: prog Update outer[] conditional

struct inner { int (*type)[HASH]; int (*max_entries)[8]; __u32 *key; __u64 *value; };
struct { int (*type)[12]; int (*max_entries)[4]; __u32 *key; struct inner *values[]; } outer SEC(".maps");
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 0;
	__u64 value = 1;
	void *map = bpf_map_lookup_elem(&outer, &key);

	if (map)
		bpf_map_update_elem(map, &key, &value, 0);
	return 0;
}
