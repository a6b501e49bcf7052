// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct kinds { int was_int; int *was_pointer; struct { int x; } was_struct; int was_array[4]; float was_float; enum e { E } was_enum; } CORE;

#define EXISTS(field) sink += bpf_core_field_exists(k->field)
SEC("raw_tp/sys_enter")
int incompatible(struct kinds *k)
{
	EXISTS(was_int); EXISTS(was_pointer); EXISTS(was_struct); EXISTS(was_struct.x); EXISTS(was_array); EXISTS(was_array[1]);
	EXISTS(was_float); EXISTS(was_enum);
	return 0;
}
