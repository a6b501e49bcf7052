// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct several { int a; int only_one; int c; } CORE;
struct alike { int a; } CORE;

SEC("raw_tp/sys_enter")
int narrowing(struct several *s)
{
	sink = s->only_one;
	return s->a + s->c;
}

SEC("raw_tp/sys_exit")
int agreeing(struct alike *a)
{
	return a->a;
}
