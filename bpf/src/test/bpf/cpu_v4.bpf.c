// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// Compiled for cpu v4: sign extension, signed division, byte swaps, long jumps.
#include "oracle.h"

struct numbers { signed char a; short b; int c; long d; unsigned short e; } CORE;

SEC("raw_tp/sys_enter")
int version_four(struct numbers *n)
{
	long signed_byte = n->a;

	sink = signed_byte / n->c + n->d % n->b + __builtin_bswap64(sink) + __builtin_bswap16(n->e) + (long)(int)sink;
	return (signed char)sink;
}
