// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

enum plain { PLAIN_A, PLAIN_B };
enum negative { NEGATIVE = -1, POSITIVE };
struct numbers { int a; unsigned int b; enum plain c; enum negative d; void *e; signed char f; bool g; unsigned long h; } CORE;

#define SIGNED(field) __builtin_preserve_field_info(n->field, BPF_FIELD_SIGNED)
SEC("raw_tp/sys_enter")
int signs(struct numbers *n)
{
	sink = SIGNED(a) + SIGNED(b) + SIGNED(c) + SIGNED(d) + SIGNED(f) + SIGNED(g) + SIGNED(h);
	return 0;
}
