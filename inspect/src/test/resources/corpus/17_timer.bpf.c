// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Lookup timers always
// expect: prog TimerInit timers conditional
// expect: prog TimerCallback timers conditional
// expect: prog TimerStart timers conditional
// expect: prog Write timers conditional

struct bpf_timer { __u64 opaque[2]; } __attribute__((aligned(8)));
struct element { struct bpf_timer timer; __u64 fired; };
MAP(timers, ARRAY, 1, __u32, struct element);
static int fire(void *map, int *key, struct element *element)
{
	element->fired = 1;
	return 0;
}
SEC("tracepoint/x/y") int prog(void *ctx)
{
	__u32 key = 0;
	struct element *element = bpf_map_lookup_elem(&timers, &key);

	if (element) {
		bpf_timer_init(&element->timer, &timers, 1);
		bpf_timer_set_callback(&element->timer, fire);
		bpf_timer_start(&element->timer, 1000, 0);
	}
	return 0;
}
