// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

#define TAG(text) __attribute__((btf_decl_tag(text)))
struct tagged { int a TAG("member"); float f; double d; int __attribute__((btf_type_tag("user"))) *p; enum { LARGE = 1ull << 40, SMALL = 2 } e; enum { MINUS = -1 } m; } TAG("struct");
volatile struct tagged tagged TAG("variable");
volatile float real = 1.5f;
static volatile int hidden;

__noinline TAG("function") int global(int x TAG("parameter")) { return x + hidden; }

SEC("raw_tp/sys_enter")
int tags(void *ctx) { sink = tagged.a + (long)tagged.p + tagged.e + tagged.m; return global(1) + *(volatile int *)&real; }
