// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct twice { int a; int b; } CORE;

SEC("raw_tp/sys_enter")
int ambiguous(struct twice *t)
{
	return t->b;
}
