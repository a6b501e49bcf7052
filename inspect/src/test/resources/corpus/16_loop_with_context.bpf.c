// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Update a conditional

MAP(a, HASH, 8, __u32, __u64);
struct state { void *unused; void *map; };
static long step(__u32 index, struct state *state)
{
	__u64 value = 1;

	bpf_map_update_elem(state->map, &index, &value, 0);
	return 0;
}
SEC("tracepoint/x/y") int prog(void *ctx)
{
	struct state state;

	state.unused = ctx;
	state.map = &a;

	bpf_loop(3, step, &state, 0);
	return 0;
}
