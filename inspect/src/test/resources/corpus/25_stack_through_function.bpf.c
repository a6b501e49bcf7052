// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Delete b always

MAP(a, HASH, 8, __u32, __u64);
MAP(b, HASH, 8, __u32, __u64);
struct choice { void *map; };
static NOINLINE int choose(struct choice *choice)
{
	if (!choice)
		return 1;
	choice->map = &b;
	return 0;
}
SEC("tracepoint/x/y") int prog(void *ctx)
{
	struct choice choice;
	__u32 key = 1;

	choose(&choice);
	bpf_map_delete_elem(choice.map, &key);
	return 0;
}
