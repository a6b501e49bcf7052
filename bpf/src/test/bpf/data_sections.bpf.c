// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

const volatile int constant = 5;
const volatile struct { int a; long b; } pair = {1, 2};
static volatile int hidden_zero;
static volatile int hidden_one = 1;
volatile long counter = 10;
volatile char zeroed[100];
const volatile int extra_constant SEC(".rodata.extra") = 9;
volatile int extra_data SEC(".data.extra") = 11;
static const char message[] = "a message in .rodata";

SEC("raw_tp/sys_enter")
int data(void *ctx)
{
	sink = constant + pair.a + pair.b + hidden_zero + hidden_one + counter + zeroed[42] + extra_constant + extra_data;
	zeroed[sink & 63] = 1;
	bpf_trace_printk(message, sizeof(message));
	bpf_printk("formatted %d %s", 5, "inline");
	return 0;
}
