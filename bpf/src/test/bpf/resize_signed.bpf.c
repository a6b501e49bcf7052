// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct sizes { int a; unsigned int b; int c; } CORE;

SEC("raw_tp/sys_enter")
int unsafe(struct sizes *s)
{
	sink = s->a;
	sink += s->b;
	sink += s->c;
	return 0;
}
