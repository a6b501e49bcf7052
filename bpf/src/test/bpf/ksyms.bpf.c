// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

extern const void schedule __ksym;
extern void jiffies_to_msecs __ksym;
extern const void no_such_symbol __ksym __weak;
extern const unsigned long cpu_loops_per_jiffy __ksym;
extern const int no_such_variable __ksym __weak;

SEC("raw_tp/sys_enter")
int symbols(void *ctx)
{
	sink = (long)&schedule + (long)&jiffies_to_msecs + (long)&no_such_symbol;
	if (&no_such_variable)
		sink += 1;
	return (long)bpf_this_cpu_ptr(&cpu_loops_per_jiffy) != 0;
}
