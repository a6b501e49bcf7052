// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct item { int a; int b; };
struct arrays { int one[10]; struct item items[4]; int matrix[3][5]; int flexible[]; } CORE;
struct outer { struct arrays *list; struct item inner[2]; } CORE;

SEC("raw_tp/sys_enter")
int arrays(struct arrays *a)
{
	sink = a->one[3] + a->items[2].b + a->matrix[1][4] + a->flexible[5];
	sink += a[2].one[1];
	sink += bpf_core_field_exists(a->one[9]);
	sink += bpf_core_field_exists(a->items[3]);
	sink += bpf_core_field_size(a->items) + bpf_core_field_size(a->items[1]);
	return 0;
}

SEC("raw_tp/sys_exit")
int more_arrays(struct outer *o)
{
	sink = BPF_CORE_READ(o, list, items[1].a) + BPF_CORE_READ(o, inner[1].b);
	return 0;
}
