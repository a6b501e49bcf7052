// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct flags { unsigned int a : 3, b : 11; int c; short d; } CORE;

SEC("raw_tp/sys_enter")
int bits(struct flags *f)
{
	sink = BPF_CORE_READ_BITFIELD_PROBED(f, a);
	sink += BPF_CORE_READ_BITFIELD_PROBED(f, b);
	sink += BPF_CORE_READ_BITFIELD_PROBED(f, c);
	sink += BPF_CORE_READ_BITFIELD_PROBED(f, d);
	return 0;
}
