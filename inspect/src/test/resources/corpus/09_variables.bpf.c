// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "corpus.h"
// expect: prog Write .bss:counter always
// expect: prog Read .bss:counter always
// expect: prog Read .data:step always
// expect: prog Read .rodata:wanted always

volatile __u64 counter;
volatile __u64 step = 3;
const volatile __u32 wanted = 7;
SEC("tracepoint/x/y") int prog(void *ctx)
{
	counter = counter + step + wanted;
	return 0;
}
