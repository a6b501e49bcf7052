// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

struct was_struct { int a; int b; } CORE;
struct holder { union { int a; long b; } u; struct { int c; } s; } CORE;
struct sockaddr___local { union { struct { short family; int address; } four; struct { short family; char address[16]; } six; }; } CORE;

SEC("raw_tp/sys_enter")
int unions(struct holder *h)
{
	sink = h->u.a + h->u.b + h->s.c;
	sink += bpf_core_field_exists(((struct was_struct *)h)->b);
	return ((struct sockaddr___local *)h)->four.address + ((struct sockaddr___local *)h)->six.address[3];
}
