// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct sizes { unsigned char a; unsigned short b; unsigned int c; unsigned long long d; void *p; unsigned int unchanged; } CORE;

SEC("raw_tp/sys_enter")
int resized(struct sizes *s)
{
	sink = s->a + s->b + s->c + s->d + (long)s->p + s->unchanged;
	s->c = 3;
	s->b = (unsigned short)sink;
	return 0;
}
