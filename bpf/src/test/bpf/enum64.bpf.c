// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

enum big { BIG = 0x100000000ull, SMALL = 1 };
enum negative { MINUS = -0x100000000ll };
enum narrow { NARROW = 5 };
enum signed_narrow { SIGNED_NARROW = -3 };

SEC("raw_tp/sys_enter")
int values(void *ctx)
{
	sink = bpf_core_enum_value(enum big, BIG) + bpf_core_enum_value(enum big, SMALL);
	sink += bpf_core_enum_value(enum negative, MINUS);
	sink += bpf_core_enum_value(enum narrow, NARROW);
	sink += bpf_core_enum_value(enum signed_narrow, SIGNED_NARROW);
	sink += bpf_core_enum_value_exists(enum big, BIG);
	return 0;
}
