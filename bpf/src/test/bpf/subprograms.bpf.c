// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

static __noinline int leaf(int x) { return x * 3 + (int)sink; }
static __noinline int middle(int x) { return leaf(x) + leaf(x + 1); }
__noinline int global_one(int x) { return middle(x) - 1; }
__noinline int global_two(int x) { return leaf(x) + global_one(x); }
__attribute__((visibility("hidden"))) __noinline int hidden(int x) { return global_two(x) ^ 5; }
__noinline int unused(int x) { return x; }

SEC("raw_tp/sys_enter")
int first(unsigned long long *ctx) { return hidden(ctx[0]) + middle(3); }

SEC("raw_tp/sys_exit")
int second(unsigned long long *ctx) { return middle(ctx[1]) + global_two(7) + leaf(1); }

SEC("raw_tp/sys_exit")
int third_in_same_section(unsigned long long *ctx) { return leaf(ctx[1]); }
