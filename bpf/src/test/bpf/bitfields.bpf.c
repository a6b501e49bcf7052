// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct flags { unsigned int a : 3, b : 11; int c : 7; unsigned long long d : 33; __u8 e : 5; } CORE;

SEC("raw_tp/sys_enter")
int bits(struct flags *f)
{
	sink = BPF_CORE_READ_BITFIELD_PROBED(f, a);
	sink += BPF_CORE_READ_BITFIELD_PROBED(f, b);
	sink += BPF_CORE_READ_BITFIELD_PROBED(f, c);
	sink += BPF_CORE_READ_BITFIELD_PROBED(f, d);
	sink += BPF_CORE_READ_BITFIELD_PROBED(f, e);
	return 0;
}

SEC("raw_tp/sys_exit")
int direct_bits(struct flags *f)
{
	sink = BPF_CORE_READ_BITFIELD(f, b);
	sink += BPF_CORE_READ_BITFIELD(f, c);
	return 0;
}
