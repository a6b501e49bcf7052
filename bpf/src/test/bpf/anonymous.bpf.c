// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct deep { int a; struct { int b; union { int c; struct { int d; }; }; }; } CORE;
struct flat { int x; int y; int z; } CORE;
union mixed { int i; struct { int j; int k; }; } CORE;

SEC("raw_tp/sys_enter")
int anonymous(void *ctx)
{
	struct deep *d = ctx;
	struct flat *f = ctx;
	union mixed *m = ctx;

	sink = d->a + d->b + d->c + d->d;
	sink += f->x + f->y + f->z;
	return m->i + m->j + m->k;
}
