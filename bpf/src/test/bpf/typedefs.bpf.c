// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

typedef const volatile unsigned int number_t;
typedef struct { number_t a; number_t b; } CORE pair_t;
typedef pair_t pairs_t[3];
struct holder { pairs_t pairs; const pair_t *pointer; pair_t flavour; } CORE;

SEC("raw_tp/sys_enter")
int typedefs(struct holder *h)
{
	sink = h->pairs[2].b + h->pointer->a;
	pair_t *p = (void *)h;
	return p->b;
}
