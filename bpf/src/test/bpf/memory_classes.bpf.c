// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct record { __u8 a; __u16 b; __u32 c; __u64 d; __s8 e; __s16 f; __s32 g; } CORE;

SEC("raw_tp/sys_enter")
int loads(struct record *r)
{
	sink = r->a + r->b + r->c + r->d + r->e + r->f + r->g;
	return 0;
}

SEC("raw_tp/sys_exit")
int stores(struct record *r)
{
	r->a = 1;
	r->b = 2;
	r->c = (__u32)sink;
	r->d = sink;
	r->g = -1;
	return 0;
}

SEC("raw_tp/sched_switch")
int addresses(struct record *r)
{
	sink = (long)&r->c + (long)&r->d;
	__sync_fetch_and_add(&r->d, 2);
	return 0;
}
